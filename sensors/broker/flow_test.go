package broker

import (
	"context"
	"runtime"
	"testing"

	"github.com/mochi-mqtt/server/v2/packets"
	"golang.org/x/sync/semaphore"

	"yijianyou/sensors"
)

// TestAMessageTakenWhileItsConnectionEndsGivesItsRoomBack: the room is that of all
// connections together, so what is not given back is lost until the program ends.
func TestAMessageTakenWhileItsConnectionEndsGivesItsRoomBack(t *testing.T) {
	var counters Counters
	f := &flow{counters: &counters, memory: semaphore.NewWeighted(maxHeld), window: semaphore.NewWeighted(window), pending: make(chan *held, window)}
	f.ctx, f.end = context.WithCancel(t.Context())
	handedOver, taken := make(chan struct{}), make(chan struct{})
	go func() { f.handOver(); close(handedOver) }()
	f.mu.Lock() // who takes has its room and stops here
	go func() {
		f.take(sensors.Message{Payload: make([]byte, 1000)}, packets.Packet{PacketID: 1, FixedHeader: packets.FixedHeader{Qos: 1}})
		close(taken)
	}()
	for counters.Received.Load() == 0 {
		runtime.Gosched()
	}
	f.end()
	<-handedOver
	f.mu.Unlock()
	<-taken
	if !f.memory.TryAcquire(maxHeld) {
		t.Error("the room of a message that was given up is still taken")
	}
}
