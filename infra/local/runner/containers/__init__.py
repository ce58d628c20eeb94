"""The functions in containers, as `sam local` runs them, against the tables of a running local stack."""

# The emulator's address on the containers' network; it ends with the stack.
BRIDGE = "container-bridge"
