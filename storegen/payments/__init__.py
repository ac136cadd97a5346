"""What a merchant asks of payment providers: payment links through Stripe's API, and checks of a published shop."""
