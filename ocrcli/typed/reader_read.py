"""`Reader.read` for checkers of types. Made by `python -m ocrcli.typed`; not to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, Unpack, overload

if TYPE_CHECKING:
    from ocrcli.library import Source
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


class ReaderRead(Protocol):
    """`Reader.read`: for each service its options and its result keys."""

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["auto"],
        **options: Unpack[AutoOptions],
    ) -> list[Record]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["bank-card"],
        **options: Unpack[BankCardOptions],
    ) -> list[Record[BankCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["business-card"],
        **options: Unpack[BusinessCardOptions],
    ) -> list[Record[BusinessCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["business-license"],
        **options: Unpack[BusinessLicenseOptions],
    ) -> list[Record[BusinessLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["classify", "auto-classification"],
        **options: Unpack[ClassifyOptions],
    ) -> list[Record[list[ClassifyFields]]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["driver-license"],
        **options: Unpack[DriverLicenseOptions],
    ) -> list[Record[DriverLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["exit-entry-permit"],
        **options: Unpack[ExitEntryPermitOptions],
    ) -> list[Record[ExitEntryPermitFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["flight-itinerary"],
        **options: Unpack[FlightItineraryOptions],
    ) -> list[Record[FlightItineraryFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["form", "custom-template"],
        **options: Unpack[FormOptions],
    ) -> list[Record]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["general", "general-text"] = "general",
        **options: Unpack[GeneralOptions],
    ) -> list[Record[GeneralFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["hk-id-card"],
        **options: Unpack[HkIdCardOptions],
    ) -> list[Record[HkIdCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["household-register"],
        **options: Unpack[HouseholdRegisterOptions],
    ) -> list[Record[HouseholdRegisterFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["idcard", "id-card"],
        **options: Unpack[IdcardOptions],
    ) -> list[Record[IdcardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["invoice", "vat-invoice"],
        **options: Unpack[InvoiceOptions],
    ) -> list[Record[InvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["invoice-verification"],
        **options: Unpack[InvoiceVerificationOptions],
    ) -> list[Record[InvoiceVerificationFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["macao-id-card"],
        **options: Unpack[MacaoIdCardOptions],
    ) -> list[Record[MacaoIdCardFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["mainland-travel-permit"],
        **options: Unpack[MainlandTravelPermitOptions],
    ) -> list[Record[MainlandTravelPermitFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["mvs-invoice"],
        **options: Unpack[MvsInvoiceOptions],
    ) -> list[Record[MvsInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["passport"],
        **options: Unpack[PassportOptions],
    ) -> list[Record[PassportFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["plate", "license-plate"],
        **options: Unpack[PlateOptions],
    ) -> list[Record[list[PlateFields]]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["quota-invoice"],
        **options: Unpack[QuotaInvoiceOptions],
    ) -> list[Record[QuotaInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["table", "general-table"],
        **options: Unpack[TableOptions],
    ) -> list[Record[TableFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["taxi-invoice"],
        **options: Unpack[TaxiInvoiceOptions],
    ) -> list[Record[TaxiInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["toll-invoice"],
        **options: Unpack[TollInvoiceOptions],
    ) -> list[Record[TollInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["train-ticket"],
        **options: Unpack[TrainTicketOptions],
    ) -> list[Record[TrainTicketFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["transportation-license"],
        **options: Unpack[TransportationLicenseOptions],
    ) -> list[Record[TransportationLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["used-car-invoice"],
        **options: Unpack[UsedCarInvoiceOptions],
    ) -> list[Record[UsedCarInvoiceFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["vehicle-license"],
        **options: Unpack[VehicleLicenseOptions],
    ) -> list[Record[VehicleLicenseFields]]: ...

    @overload
    def __call__(
        self,
        source: Source,
        service: Literal["vin"],
        **options: Unpack[VinOptions],
    ) -> list[Record[VinFields]]: ...
