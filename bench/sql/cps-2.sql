-- All children of the household seen within 72 hours.
@USE(in-time|reports|seen|4320|0 = 0)
