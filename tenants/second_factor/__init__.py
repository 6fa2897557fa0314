"""The second factor of a sign-in: a code from an app, a passkey, or one of the recovery codes for a lost phone."""
