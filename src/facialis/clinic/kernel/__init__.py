"""What every application of the clinic shares: versions, tenancy, states, errors."""
