"""Every number of the twin has double precision: courses run over years, and toxin over minutes."""

import jax

jax.config.update("jax_enable_x64", True)
