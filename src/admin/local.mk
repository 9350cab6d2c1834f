# Sources of this room; see src/admin/README.
