"""`ocrcli.read` for checkers of types. Made by `python -m ocrcli.typed`; not to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, Unpack, overload

if TYPE_CHECKING:
    from ocrcli.library import Source
    from ocrcli.options import EngineName, ModelSize
    from ocrcli.records import Record
    from ocrcli.typed.cards import (
        BankCardFields,
        BankCardOptions,
        BusinessCardFields,
        BusinessCardOptions,
        BusinessLicenseFields,
        BusinessLicenseOptions,
        DriverLicenseFields,
        DriverLicenseOptions,
        ExitEntryPermitFields,
        ExitEntryPermitOptions,
        HkIdCardFields,
        HkIdCardOptions,
        HouseholdRegisterFields,
        HouseholdRegisterOptions,
        IdcardFields,
        IdcardOptions,
        MacaoIdCardFields,
        MacaoIdCardOptions,
        MainlandTravelPermitFields,
        MainlandTravelPermitOptions,
        PassportFields,
        PassportOptions,
        PlateFields,
        PlateOptions,
        TransportationLicenseFields,
        TransportationLicenseOptions,
        VehicleLicenseFields,
        VehicleLicenseOptions,
        VinFields,
        VinOptions,
    )
    from ocrcli.typed.general import (
        AutoOptions,
        ClassifyFields,
        ClassifyOptions,
        FormOptions,
        GeneralFields,
        GeneralOptions,
        TableFields,
        TableOptions,
    )
    from ocrcli.typed.receipts import (
        FlightItineraryFields,
        FlightItineraryOptions,
        InvoiceFields,
        InvoiceOptions,
        InvoiceVerificationFields,
        InvoiceVerificationOptions,
        MvsInvoiceFields,
        MvsInvoiceOptions,
        QuotaInvoiceFields,
        QuotaInvoiceOptions,
        TaxiInvoiceFields,
        TaxiInvoiceOptions,
        TollInvoiceFields,
        TollInvoiceOptions,
        TrainTicketFields,
        TrainTicketOptions,
        UsedCarInvoiceFields,
        UsedCarInvoiceOptions,
    )


class Read(Protocol):
    """`ocrcli.read`: for each service its options and its result keys."""

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["auto"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[AutoOptions],
    ) -> list[Record]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["bank-card"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[BankCardOptions],
    ) -> list[Record[BankCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["business-card"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[BusinessCardOptions],
    ) -> list[Record[BusinessCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["business-license"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[BusinessLicenseOptions],
    ) -> list[Record[BusinessLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["classify", "auto-classification"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[ClassifyOptions],
    ) -> list[Record[list[ClassifyFields]]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["driver-license"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[DriverLicenseOptions],
    ) -> list[Record[DriverLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["exit-entry-permit"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[ExitEntryPermitOptions],
    ) -> list[Record[ExitEntryPermitFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["flight-itinerary"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[FlightItineraryOptions],
    ) -> list[Record[FlightItineraryFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["form", "custom-template"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[FormOptions],
    ) -> list[Record]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["general", "general-text"] = "general",
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[GeneralOptions],
    ) -> list[Record[GeneralFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["hk-id-card"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[HkIdCardOptions],
    ) -> list[Record[HkIdCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["household-register"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[HouseholdRegisterOptions],
    ) -> list[Record[HouseholdRegisterFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["idcard", "id-card"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[IdcardOptions],
    ) -> list[Record[IdcardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["invoice", "vat-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[InvoiceOptions],
    ) -> list[Record[InvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["invoice-verification"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[InvoiceVerificationOptions],
    ) -> list[Record[InvoiceVerificationFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["macao-id-card"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[MacaoIdCardOptions],
    ) -> list[Record[MacaoIdCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["mainland-travel-permit"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[MainlandTravelPermitOptions],
    ) -> list[Record[MainlandTravelPermitFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["mvs-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[MvsInvoiceOptions],
    ) -> list[Record[MvsInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["passport"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[PassportOptions],
    ) -> list[Record[PassportFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["plate", "license-plate"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[PlateOptions],
    ) -> list[Record[list[PlateFields]]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["quota-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[QuotaInvoiceOptions],
    ) -> list[Record[QuotaInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["table", "general-table"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[TableOptions],
    ) -> list[Record[TableFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["taxi-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[TaxiInvoiceOptions],
    ) -> list[Record[TaxiInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["toll-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[TollInvoiceOptions],
    ) -> list[Record[TollInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["train-ticket"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[TrainTicketOptions],
    ) -> list[Record[TrainTicketFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["transportation-license"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[TransportationLicenseOptions],
    ) -> list[Record[TransportationLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["used-car-invoice"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[UsedCarInvoiceOptions],
    ) -> list[Record[UsedCarInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["vehicle-license"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[VehicleLicenseOptions],
    ) -> list[Record[VehicleLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["vin"],
        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
        **options: Unpack[VinOptions],
    ) -> list[Record[VinFields]]: ...
