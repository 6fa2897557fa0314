"""Networks of made-up practices whose truth is known, to try the product's statistics on."""
