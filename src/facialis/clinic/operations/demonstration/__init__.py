"""An invented clinic to try: its records are made by the clinic's own actions, its photographs are drawn."""
