"""Result keys and options in `services/receipts/`. Made by `python -m ocrcli.typed`; not to be edited."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from ocrcli.typed import SharedOptions


class FlightItineraryItinerary(TypedDict):
    """What itinerary_list holds."""

    departure_station: str | None
    destination_station: str | None
    carrier: str | None
    flight: str | None
    cabin_class: str | None
    date: str | None
    time: str | None
    fare_basis: str | None
    effective_date: str | None
    expiry_date: str | None
    baggage_allowance: str | None


class FlightItineraryFields(TypedDict):
    """Result keys of flight-itinerary."""

    serial_number: str | None
    passenger_name: str | None
    id_number: str | None
    endorsements_restrictions: str | None
    order_number: str | None
    fare: str | None
    caac_development_fund: str | None
    fuel_surcharge: str | None
    other_taxes: str | None
    total: str | None
    e_ticket_number: str | None
    check_code: str | None
    reference_information: str | None
    insurance: str | None
    agent_code: str | None
    issue_organization: str | None
    issue_date: str | None
    tax: str | None
    tax_rate: str | None
    buyer_name: str | None
    buyer_id: str | None
    number: str | None
    international_flag: str | None
    issue_status: str | None
    gp_number: str | None
    itinerary_list: list[FlightItineraryItinerary]
    confidence: dict[str, Any] | None


class FlightItineraryOptions(SharedOptions, total=False):
    """Options of flight-itinerary."""


class InvoiceItem(TypedDict):
    """What item_list holds."""

    name: str | None
    specification: str | None
    unit: str | None
    quantity: str | None
    unit_price: str | None
    license_plate_number: str | None
    amount: str | None
    tax_rate: str | None
    tax: str | None
    end_date: str | None
    start_date: str | None
    vehicle_type: str | None


class InvoiceBelongItem(TypedDict):
    """What belong_item_list holds."""

    name: str | None
    item_number: str | None
    specification: str | None
    unit: str | None
    quantity: str | None
    unit_price: str | None
    amount: str | None
    tax_rate: str | None
    tax: str | None


InvoicePassengerTravelItem = TypedDict(  # What passenger_travel_item_list holds.
    "InvoicePassengerTravelItem",
    {
        "traveler_name": str | None,
        "id_number": str | None,
        "travel_date": str | None,
        "departure_location": str | None,
        "arrival_location": str | None,
        "transportation_type": str | None,
        "class": str | None,
    },
)


class InvoiceFields(TypedDict):
    """Result keys of invoice."""

    title: str | None
    type: str | None
    invoice_tag: str | None
    sum_amount: str | None
    sum_tax: str | None
    serial_number: str | None
    attribution: str | None
    supervision_seal: list[Any]
    code: str | None
    print_code: str | None
    machine_number: str | None
    print_number: str | None
    check_code: str | None
    number: str | None
    issue_date: str | None
    encryption_block: str | None
    buyer_name: str | None
    buyer_id: str | None
    buyer_address: str | None
    buyer_bank: str | None
    seller_name: str | None
    seller_id: str | None
    seller_address: str | None
    seller_bank: str | None
    subtotal_amount: str | None
    subtotal_tax: str | None
    total: str | None
    total_in_words: str | None
    remarks: str | None
    receiver: str | None
    reviewer: str | None
    issuer: str | None
    seller_seal: list[Any]
    item_list: list[InvoiceItem]
    province: str | None
    city: str | None
    total_pages: str | None
    current_page: str | None
    confidence: NotRequired[dict[str, Any] | None]
    text_location: NotRequired[dict[str, Any] | None]
    belong_buyer_name: str | None
    belong_seller_name: str | None
    belong_vat_code: str | None
    belong_number: str | None
    belong_pages: str | None
    belong_current_page: str | None
    belong_remarks: str | None
    belong_issue_date: str | None
    sales_mark: bool | None
    belong_sum_amount: str | None
    belong_sum_tax: str | None
    belong_subtotal_amount: str | None
    belong_subtotal_tax: str | None
    belong_discount_amount: str | None
    belong_discount_tax: str | None
    belong_item_list: list[InvoiceBelongItem]
    passenger_travel_item_list: list[InvoicePassengerTravelItem]


class InvoiceOptions(SharedOptions, total=False):
    """Options of invoice."""

    advanced_mode: bool
    return_text_location: bool
    check_against: str | None


class InvoiceVerificationItems(TypedDict):
    """What items holds."""

    name: str | None
    specification: str | None
    unit: str | None
    quantity: str | None
    unit_price: str | None
    license_plate_number: str | None
    amount: str | None
    tax_rate: str | None
    tax: str | None
    end_date: str | None
    start_date: str | None
    vehicle_type: str | None


class InvoiceVerificationFields(TypedDict):
    """Result keys of invoice-verification."""

    type: str | None
    code: str | None
    number: str | None
    issue_date: str | None
    machine_number: str | None
    check_code: str | None
    subtotal_amount: str | None
    subtotal_tax: str | None
    total: str | None
    total_in_words: str | None
    remarks: str | None
    receiver: str | None
    issuer: str | None
    reviewer: str | None
    buyer_name: str | None
    buyer_id: str | None
    buyer_address: str | None
    buyer_bank: str | None
    seller_name: str | None
    seller_id: str | None
    seller_address: str | None
    seller_bank: str | None
    items: list[InvoiceVerificationItems]
    result_code: str | None
    result_message: str | None


class InvoiceVerificationOptions(SharedOptions, total=False):
    """Options of invoice-verification."""

    code: str | None
    number: str | None
    issue_date: str | None
    check_code: str | None
    subtotal_amount: str | None


class MvsInvoiceFields(TypedDict):
    """Result keys of mvs-invoice."""

    code: str | None
    number: str | None
    machine_printed_code: str | None
    machine_printed_number: str | None
    issue_date: str | None
    machine_number: str | None
    buyer_name: str | None
    buyer_id: str | None
    seller_name: str | None
    seller_phone: str | None
    seller_id: str | None
    seller_address: str | None
    vehicle_type: str | None
    brand_model: str | None
    vehicle_identification_number: str | None
    total: str | None
    total_chinese: str | None
    fiscal_code: str | None
    buyer_organization_number: str | None
    seller_account: str | None
    seller_bank: str | None
    manufacturing_location: str | None
    quality_certificate: str | None
    import_certificate: str | None
    inspection_number: str | None
    engine_number: str | None
    tonnage: str | None
    seating_capacity: str | None
    tax_authority: str | None
    tax_authority_code: str | None
    tax_payment_receipt: str | None
    tax_rate: str | None
    tax: str | None
    tax_exclusive_price: str | None
    buyer_address: str | None
    buyer_phone: str | None
    licence_plate_number: str | None
    registration_number: str | None
    dept_motor_vehicles: str | None
    auction_org_name: str | None
    auction_org_address: str | None
    auction_org_id: str | None
    auction_org_bank_account: str | None
    auction_org_phone: str | None
    used_vehicle_market_name: str | None
    used_vehicle_market_id: str | None
    used_vehicle_market_address: str | None
    used_vehicle_market_bank_account: str | None
    used_vehicle_market_phone: str | None
    reverse_issue: bool | None
    remark: str | None
    drawer_name: str | None
    type: str | None
    text_location: NotRequired[dict[str, Any] | None]
    confidence: NotRequired[dict[str, Any] | None]


class MvsInvoiceOptions(SharedOptions, total=False):
    """Options of mvs-invoice."""

    type: Literal["auto", "new", "used"]
    return_text_location: bool
    return_confidence: bool


class QuotaInvoiceFields(TypedDict):
    """Result keys of quota-invoice."""

    number: str | None
    code: str | None
    location: str | None
    amount: str | None
    confidence: dict[str, Any] | None


class QuotaInvoiceOptions(SharedOptions, total=False):
    """Options of quota-invoice."""


class TaxiInvoiceFields(TypedDict):
    """Result keys of taxi-invoice."""

    location: str | None
    code: str | None
    number: str | None
    phone_number: str | None
    company: str | None
    taxi_number: str | None
    certificate_number: str | None
    identification_number: str | None
    date: str | None
    boarding_time: str | None
    alighting_time: str | None
    time: str | None
    unit_price: str | None
    distance: str | None
    waiting_time: str | None
    fare: str | None
    fuel_oil_surcharge: str | None
    call_service_surcharge: str | None
    total: str | None
    confidence: dict[str, Any] | None
    text_location: NotRequired[dict[str, Any] | None]


class TaxiInvoiceOptions(SharedOptions, total=False):
    """Options of taxi-invoice."""

    return_text_location: bool


class TollInvoiceFields(TypedDict):
    """Result keys of toll-invoice."""

    code: str | None
    number: str | None
    entry: str | None
    exit: str | None
    amount: str | None
    cashier: str | None
    vehicle_type: str | None
    date: str | None
    time: str | None
    confidence: dict[str, Any] | None
    text_location: NotRequired[dict[str, Any] | None]


class TollInvoiceOptions(SharedOptions, total=False):
    """Options of toll-invoice."""

    return_text_location: bool


class TrainTicketFields(TypedDict):
    """Result keys of train-ticket."""

    ticket_id: str | None
    check_port: str | None
    train_number: str | None
    departure_station: str | None
    destination_station: str | None
    departure_station_en: str | None
    destination_station_en: str | None
    departure_time: str | None
    seat_number: str | None
    ticket_price: str | None
    sale_method: str | None
    seat_category: str | None
    ticket_changing: str | None
    id_number: str | None
    name: str | None
    log_id: str | None
    sale_location: str | None
    invoice_style: str | None
    issue_date: str | None
    discount_mark: str | None
    serial_number: str | None
    tax_amount: str | None
    tax_rate: str | None
    air_conditioning: str | None
    original_invoice_number: str | None
    unified_social_credit_code: str | None
    buyer_name: str | None
    total_amount_excluding_tax: str | None
    invoice_number: str | None
    seal_mark: bool | None
    title: str | None
    area: str | None
    receipt_number: str | None
    amount_in_figures: str | None
    amount_in_words: str | None
    confidence: dict[str, Any] | None
    text_location: NotRequired[dict[str, Any] | None]


class TrainTicketOptions(SharedOptions, total=False):
    """Options of train-ticket."""

    return_text_location: bool


class UsedCarInvoiceFields(TypedDict):
    """Result keys of used-car-invoice."""

    code: str | None
    number: str | None
    machine_printed_code: str | None
    machine_printed_number: str | None
    issue_date: str | None
    machine_number: str | None
    buyer_name: str | None
    buyer_id: str | None
    seller_name: str | None
    seller_phone: str | None
    seller_id: str | None
    seller_address: str | None
    vehicle_type: str | None
    brand_model: str | None
    vehicle_identification_number: str | None
    total: str | None
    total_chinese: str | None
    fiscal_code: str | None
    buyer_address: str | None
    buyer_phone: str | None
    licence_plate_number: str | None
    registration_number: str | None
    dept_motor_vehicles: str | None
    auction_org_name: str | None
    auction_org_address: str | None
    auction_org_id: str | None
    auction_org_bank_account: str | None
    auction_org_phone: str | None
    used_vehicle_market_name: str | None
    used_vehicle_market_id: str | None
    used_vehicle_market_address: str | None
    used_vehicle_market_bank_account: str | None
    used_vehicle_market_phone: str | None
    reverse_issue: bool | None
    remark: str | None
    drawer_name: str | None
    type: str | None
    text_location: NotRequired[dict[str, Any] | None]
    confidence: NotRequired[dict[str, Any] | None]


class UsedCarInvoiceOptions(SharedOptions, total=False):
    """Options of used-car-invoice."""

    return_text_location: bool
    return_confidence: bool
