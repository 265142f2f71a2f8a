"""Pages of vials, treatments and the patient's sheet."""
