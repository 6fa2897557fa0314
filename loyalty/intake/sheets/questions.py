"""What a person has to say before a file can be read: only what the file itself leaves open."""

ENCODING, SEPARATOR, SHEET, HEADER, DATE_ORDER = "encoding", "separator", "sheet", "header", "date_order"
ASKED = (ENCODING, SEPARATOR, SHEET, HEADER, DATE_ORDER)
