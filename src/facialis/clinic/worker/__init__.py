"""The worker: takes tasks from the database one after another, and loses none when it is killed."""
