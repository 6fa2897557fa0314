"""The answer to an inbound text, in Twilio's language: Twilio sends what stands in it."""

from twilio.twiml.messaging_response import MessagingResponse

CONTENT_TYPE = "text/xml; charset=utf-8"


def answering(text: str) -> str:
    """XML that answers with `text`; with nothing where it is ""."""
    response = MessagingResponse()
    if text:
        response.message(text)
    return str(response)
