"""Result keys that several services give where they are asked for: places, pictures, faults of the picture."""

from __future__ import annotations

from ocrcli.declaration import Extra, Field
from ocrcli.forms.find import Find
from ocrcli.forms.ready import AUTHORITY
from ocrcli.forms.results import alarm, crop_location, crop_picture, document_location, locations, noticed

TEXT_LOCATION = Extra(
    "return_text_location",
    "Put each field's quad into fields.text_location.",
    Field("text_location", "each found value's quad, whole numbers", type="object", from_finding=locations),
)
PORTRAIT_LOCATION = Extra(
    "return_portrait_location",
    "Put the portrait's quad into fields.portrait_location.",
    Field(
        "portrait_location",
        "the portrait's quad, [] where its side is not shown",
        type="list",
        from_finding=crop_location("portrait", "front"),
    ),
)
PORTRAIT_IMAGE = Extra(
    "return_portrait_image",
    "Put the portrait into fields.portrait_image, as PNG in base64.",
    Field(
        "portrait_image",
        "PNG in base64, empty where its side is not shown",
        from_sheet=crop_picture("portrait", "front"),
    ),
)
IMAGE_LOCATION = Extra(
    "return_image_location",
    "Put the document's quad into fields.image_location.",
    Field(
        "image_location",
        "the document's quad, null where its place is not known",
        type="list",
        from_finding=document_location,
    ),
)
ADJUSTED_IMAGE = Extra(
    "return_adjusted_image",
    "Put the straightened document into fields.adjusted_image, as PNG in base64.",
    Field("adjusted_image", "PNG in base64; of two sides the front", from_sheet=crop_picture("document")),
)


BORDER_ALARM = Extra(
    "alarm",
    "Put what is wrong with the picture into fields.alarm_result: whether the document is cut off.",
    Field("alarm_result", "detect_border_integrity_result: whether a page is cut off", type="object", from_sheet=alarm),
)


def issuing_authority(*find: Find) -> Extra:
    """The authority whose red stamp is on the front."""
    return Extra(
        "return_issuing_authority",
        "Put the issuing traffic police (in the red stamp) into fields.issuing_authority.",
        Field("issuing_authority", "issuing traffic police, from the stamp", find, AUTHORITY, "front"),
    )


def detect(name: str, code: str, what: str, *, needs_place: bool = False) -> Extra:
    """Whether the picture has the warning `code`; None with `needs_place` where the document's place is not known."""
    field = Field(
        f"detect_{name}_result", f"true where {what}", type="boolean", from_sheet=noticed(code, needs_place=needs_place)
    )
    return Extra(f"detect_{name}", f"Say in fields.detect_{name}_result whether {what}.", field)
