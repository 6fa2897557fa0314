"""Server-rendered pages: portal of a practice, console of the network, kiosk, account."""
