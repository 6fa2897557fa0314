"""The API as OpenAPI 3.1, made of what the API itself is made of: its addresses, scopes, bodies and resources."""
