-- First contact within the report's hours.
@USE(in-time|reports|contact|60 * hours|hours >= 0)
