"""Clinical scales and questionnaires: one file per instrument, scored exactly."""
