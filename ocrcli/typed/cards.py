"""Result keys and options in `services/cards/`. Made by `python -m ocrcli.typed`; not to be edited."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from ocrcli.typed import SharedOptions


class BankCardFields(TypedDict):
    """Result keys of bank-card."""

    bank_name: str | None
    card_number: str | None
    issue_date: str | None
    expiry_date: str | None
    type: str | None
    holder_name: str | None
    confidence: dict[str, Any] | None
    text_location: NotRequired[dict[str, Any] | None]


class BankCardOptions(SharedOptions, total=False):
    """Options of bank-card."""

    return_text_location: bool


class BusinessCardFields(TypedDict):
    """Result keys of business-card."""

    name: list[Any]
    title: list[Any]
    company: list[Any]
    department: list[Any]
    phone: list[Any]
    address: list[Any]
    email: list[Any]
    fax: list[Any]
    postcode: list[Any]
    website: list[Any]
    extra_info_list: list[Any]


class BusinessCardOptions(SharedOptions, total=False):
    """Options of business-card."""


class BusinessLicenseFields(TypedDict):
    """Result keys of business-license."""

    registration_number: str | None
    name: str | None
    type: str | None
    address: str | None
    legal_representative: str | None
    registered_capital: str | None
    organization_form: str | None
    found_date: str | None
    business_term: str | None
    business_scope: str | None
    issue_date: str | None
    confidence: dict[str, Any] | None


class BusinessLicenseOptions(SharedOptions, total=False):
    """Options of business-license."""


DriverLicenseFields = TypedDict(  # Result keys of driver-license.
    "DriverLicenseFields",
    {
        "type": str | None,
        "number": str | None,
        "name": str | None,
        "sex": str | None,
        "nationality": str | None,
        "address": str | None,
        "birth": str | None,
        "issue_date": str | None,
        "class": str | None,
        "valid_from": str | None,
        "valid_to": str | None,
        "file_number": str | None,
        "record": str | None,
        "accumulated_scores": str | None,
        "status": list[Any],
        "generation_date": str | None,
        "current_time": str | None,
        "issuing_authority": NotRequired[str | None],
        "text_location": NotRequired[dict[str, Any] | None],
    },
)


class DriverLicenseOptions(SharedOptions, total=False):
    """Options of driver-license."""

    side: Literal["auto", "front", "back", "double_side"]
    return_issuing_authority: bool
    return_text_location: bool


class ExitEntryPermitFields(TypedDict):
    """Result keys of exit-entry-permit."""

    type: str | None
    side: str | None
    name: str | None
    name_en: str | None
    sex: str | None
    birth_date: str | None
    valid_period: str | None
    issuing_authority: str | None
    issue_place: str | None
    machine_code: str | None
    number: str | None
    confidence: dict[str, Any] | None


class ExitEntryPermitOptions(SharedOptions, total=False):
    """Options of exit-entry-permit."""


class HkIdCardFields(TypedDict):
    """Result keys of hk-id-card."""

    name: str | None
    name_en: str | None
    sex: str | None
    birth_date: str | None
    number: str | None
    symbols: str | None
    name_telegraph_code: str | None
    permanent: bool | None
    initial_issue_date: str | None
    issue_date: str | None
    confidence: dict[str, Any] | None


class HkIdCardOptions(SharedOptions, total=False):
    """Options of hk-id-card."""


class HouseholdRegisterFields(TypedDict):
    """Result keys of household-register."""

    type: str | None
    location: list[Any]
    name: str | None
    householder_relationship: str | None
    former_name: str | None
    sex: str | None
    birthplace: str | None
    ethnicity: str | None
    origin_place: str | None
    birth_date: str | None
    other_address: str | None
    religious_belief: str | None
    id_card_number: str | None
    height: str | None
    blood_type: str | None
    education: str | None
    marital_status: str | None
    military_service_status: str | None
    work_place: str | None
    occupation: str | None
    migrated_to_city: str | None
    migrated_to_address: str | None
    registrar_signature_seal: str | None
    registration_date: str | None
    household_type: str | None
    household_number: str | None
    householder_name: str | None
    community: str | None
    address: str | None
    issue_date: str | None
    police_station: str | None
    confidence: dict[str, Any] | None


class HouseholdRegisterOptions(SharedOptions, total=False):
    """Options of household-register."""


class IdcardFields(TypedDict):
    """Result keys of idcard."""

    name: str | None
    sex: str | None
    birth: str | None
    ethnicity: str | None
    address: str | None
    number: str | None
    issue: str | None
    valid_from: str | None
    valid_to: str | None
    verification_result: NotRequired[dict[str, Any] | None]
    text_location: NotRequired[dict[str, Any] | None]
    portrait_location: NotRequired[list[Any]]
    portrait_image: NotRequired[str | None]
    adjusted_image: NotRequired[str | None]
    detect_copy_result: NotRequired[bool | None]
    detect_border_integrity_result: NotRequired[bool | None]
    detect_interim_result: NotRequired[bool | None]
    detect_blur_result: NotRequired[bool | None]
    detect_glare_result: NotRequired[bool | None]


class IdcardOptions(SharedOptions, total=False):
    """Options of idcard."""

    side: Literal["auto", "front", "back", "double_side"]
    return_verification: bool
    return_text_location: bool
    return_portrait_location: bool
    return_portrait_image: bool
    return_adjusted_image: bool
    detect_copy: bool
    detect_border_integrity: bool
    detect_interim: bool
    detect_blur: bool
    detect_glare: bool


class MacaoIdCardFields(TypedDict):
    """Result keys of macao-id-card."""

    side: str | None
    name: str | None
    name_en: str | None
    sex: str | None
    birth_date: str | None
    height: str | None
    initial_issue_date: str | None
    issue_date: str | None
    expiry_date: str | None
    number: str | None
    mrz: list[Any]
    confidence: dict[str, Any] | None


class MacaoIdCardOptions(SharedOptions, total=False):
    """Options of macao-id-card."""


class MainlandTravelPermitFields(TypedDict):
    """Result keys of mainland-travel-permit."""

    type: str | None
    name: str | None
    name_en: str | None
    sex: str | None
    birth_date: str | None
    valid_period: str | None
    issuing_authority: str | None
    issue_place: str | None
    mrz: list[Any]
    number: str | None
    issue_times: str | None
    id_name: str | None
    id_number: str | None
    confidence: dict[str, Any] | None


class MainlandTravelPermitOptions(SharedOptions, total=False):
    """Options of mainland-travel-permit."""


class PassportFields(TypedDict):
    """Result keys of passport."""

    passport_type: str | None
    country_code: str | None
    passport_number: str | None
    nationality: str | None
    surname: str | None
    given_name: str | None
    sex: str | None
    date_of_birth: str | None
    date_of_expiry: str | None
    date_of_issue: str | None
    place_of_birth: str | None
    place_of_issue: str | None
    issuing_authority: str | None
    confidence: dict[str, Any] | None
    extra_info: dict[str, Any] | None
    mrz: list[Any]


class PassportOptions(SharedOptions, total=False):
    """Options of passport."""

    country_code: Literal["auto", "GENERAL", "CHN"]


class PlateFields(TypedDict):
    """Result keys of plate."""

    plate_number: str | None
    plate_color: str | None
    plate_kind: str | None
    plate_location: list[Any]
    confidence: float | None


class PlateOptions(SharedOptions, total=False):
    """Options of plate."""


class TransportationLicenseFields(TypedDict):
    """Result keys of transportation-license."""

    owner_name: str | None
    license_number: str | None
    vehicle_number: str | None
    vehicle_type: str | None
    maximum_capacity: str | None
    vehicle_size: str | None
    issuing_authority: str | None
    issue_date: str | None
    owner_address: str | None
    economic_type: str | None
    business_certificate: str | None
    business_scope: str | None
    expiry_date: str | None
    review_expiry_date: str | None
    assessed_technical_level: str | None
    is_temporary_certificate: bool | None
    confidence: dict[str, Any] | None
    image_location: NotRequired[list[Any]]
    adjusted_image: NotRequired[str | None]


class TransportationLicenseOptions(SharedOptions, total=False):
    """Options of transportation-license."""

    return_image_location: bool
    return_adjusted_image: bool


class VehicleLicenseFields(TypedDict):
    """Result keys of vehicle-license."""

    type: str | None
    number: str | None
    vehicle_type: str | None
    name: str | None
    address: str | None
    use_character: str | None
    model: str | None
    vin: str | None
    engine_no: str | None
    register_date: str | None
    issue_date: str | None
    file_no: str | None
    approved_passengers: str | None
    gross_mass: str | None
    unladen_mass: str | None
    approved_load: str | None
    dimension: str | None
    traction_mass: str | None
    inspection_record: str | None
    remarks: str | None
    code_number: str | None
    energy_type: NotRequired[str | None]
    color: NotRequired[str | None]
    mandatory_scrapping_date: NotRequired[str | None]
    status: NotRequired[list[Any]]
    issuing_authority: NotRequired[str | None]
    text_location: NotRequired[dict[str, Any] | None]
    alarm_result: NotRequired[dict[str, Any] | None]


class VehicleLicenseOptions(SharedOptions, total=False):
    """Options of vehicle-license."""

    side: Literal["auto", "front", "back", "double_side"]
    recognize_electronic_license: bool
    return_issuing_authority: bool
    return_text_location: bool
    alarm: bool


class VinFields(TypedDict):
    """Result keys of vin."""

    vin: str | None


class VinOptions(SharedOptions, total=False):
    """Options of vin."""
