# Tests of the screens' side of the client.
