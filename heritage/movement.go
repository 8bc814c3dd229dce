package heritage

// MovementID names a movement order (出入库): a UUID.
type MovementID string
