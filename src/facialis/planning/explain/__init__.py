"""Why a plan holds what it holds, and leaves out what it leaves out; for clinicians and for patients."""
