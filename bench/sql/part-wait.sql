-- Minutes until the first contact.
@USE($1|contact < @NEVER AND contact >= received
    AND NOT (done < @NEVER AND came_to = 7)|contact - received)
