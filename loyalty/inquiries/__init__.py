"""Those who ask before they book. Nothing but a call by hand goes out to them: no message, no news, no offer."""
