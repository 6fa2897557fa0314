"""Replies that say nothing of anybody: to start from, and for whoever was refused another."""


def safe_replies() -> tuple[str, ...]:
    """The first answers anything; the second is for a kind word. Both pass the guard."""
    return (
        "Thank you for taking the time to write. We take privacy seriously and cannot speak about anybody’s care in"
        " public, not even about who comes to us. Please call us and ask for our manager: we would like to listen.",
        "Thank you for your kind words. They are read by everyone here, and they mean a lot to us.",
    )
