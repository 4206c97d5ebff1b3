"""PostgreSQL, as Django speaks to it, with the patience of somebody whose database restarts now and then."""
