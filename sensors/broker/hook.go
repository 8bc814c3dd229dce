package broker

import (
	"context"
	"errors"
	"strings"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/sensors"
)

// hook is where mochi asks.
type hook struct {
	mochi.HookBase
	b *Broker
}

// ID implements mochi.Hook.
func (*hook) ID() string { return "yijianyou" }

// Provides implements mochi.Hook.
func (*hook) Provides(event byte) bool {
	switch event {
	case mochi.OnConnect, mochi.OnConnectAuthenticate, mochi.OnSessionEstablish, mochi.OnSessionEstablished, mochi.OnDisconnect,
		mochi.OnACLCheck, mochi.OnSubscribed, mochi.OnUnsubscribed, mochi.OnPacketRead, mochi.OnPacketEncode, mochi.OnPublish:
		return true
	}
	return false
}

// sessionOf returns the session of a client that has logged in, nil otherwise.
func sessionOf(cl *mochi.Client) *session {
	if c, ok := cl.Net.Conn.(*conn); ok {
		return c.session
	}
	return nil
}

// OnSessionEstablished implements mochi.Hook: the device is in.
func (h *hook) OnSessionEstablished(cl *mochi.Client, _ packets.Packet) {
	s := sessionOf(cl)
	h.b.Logins.Add(1)
	h.b.enter(s)
	s.entered = true
	h.b.log.Debug("an MQTT device logged in", "device", s.device.ID, "address", s.conn.address, "version", cl.Properties.ProtocolVersion)
}

// OnDisconnect implements mochi.Hook.
func (h *hook) OnDisconnect(cl *mochi.Client, err error, _ bool) {
	s := sessionOf(cl)
	if s == nil {
		return // a session that was only remembered
	}
	var code packets.Code
	if errors.As(err, &code) && (code.Code == packets.ErrMalformedPacket.Code || code.Code == packets.ErrProtocolViolation.Code || code.Code == packets.ErrPacketTooLarge.Code) && s.ctx.Err() == nil {
		s.badForm(ErrPacket)
	}
	h.b.log.Debug("an MQTT device left", "device", s.device.ID, "err", err)
}

// OnACLCheck implements mochi.Hook. What may be published is decided where the
// answer is written, in OnPublish.
func (h *hook) OnACLCheck(cl *mochi.Client, topic string, write bool) bool {
	s := sessionOf(cl)
	if write || s == nil {
		return s != nil
	}
	if topic == commandTopic(s.device) {
		return true
	}
	h.foreign(s, topic)
	return false
}

// OnPacketRead implements mochi.Hook. mochi drops what is published to $SYS
// without a word; here it is a foreign topic like any other.
func (h *hook) OnPacketRead(cl *mochi.Client, pk packets.Packet) (packets.Packet, error) {
	s := sessionOf(cl)
	if s == nil || pk.FixedHeader.Type != packets.Publish || !strings.HasPrefix(pk.TopicName, "$") {
		return pk, nil
	}
	h.foreign(s, pk.TopicName)
	s.cut(packets.ErrNotAuthorized)
	return pk, packets.ErrRejectPacket
}

// OnPublish implements mochi.Hook: what is to be done with a message is done
// here. mochi gets it back as one of QoS 0 to be ignored, which it neither answers
// nor passes on (nor logs, as it does what is rejected).
func (h *hook) OnPublish(cl *mochi.Client, pk packets.Packet) (packets.Packet, error) {
	dropped := pk
	dropped.FixedHeader.Qos, dropped.FixedHeader.Retain, dropped.Ignore = 0, false, true
	s := sessionOf(cl)
	if s == nil {
		return dropped, nil
	}
	s.pace()
	kind, own := s.kindOf(pk.TopicName)
	switch {
	case !own:
		h.foreign(s, pk.TopicName)
		h.refusePublish(s, pk, packets.ErrNotAuthorized)
	case pk.FixedHeader.Retain:
		s.badForm(ErrRetained)
		s.cut(packets.ErrRetainNotSupported)
	case len(pk.Payload) > sensors.MaxPayload:
		s.badForm(ErrPayloadSize)
		s.cut(packets.ErrPacketTooLarge)
	default:
		s.take(sensors.Message{Org: s.device.Org, Device: sensors.DeviceID(s.device.ID), Kind: kind, Payload: pk.Payload}, pk)
	}
	return dropped, nil
}

// refusePublish says that a message was not taken: with the reason where the
// protocol has an answer for it, else by ending the connection.
func (h *hook) refusePublish(s *session, pk packets.Packet, code packets.Code) {
	if s.cl.Properties.ProtocolVersion != 5 || pk.FixedHeader.Qos == 0 {
		s.cut(code)
		return
	}
	answer := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Puback}, PacketID: pk.PacketID, ReasonCode: code.Code}
	if pk.FixedHeader.Qos == 2 {
		answer.FixedHeader.Type = packets.Pubrec
	}
	if err := s.cl.WritePacket(answer); err != nil {
		s.stuck(err)
	}
}

// foreign notes that a device wanted to publish or read under another's name.
func (h *hook) foreign(s *session, topic string) {
	to, _ := parseTopic(topic)
	s.note(refusedForeign, sensors.Refusal{Kind: sensors.ForeignTopic, Claimed: string(to.device), Code: ErrForeignTopic.ID()})
}

// OnPacketEncode implements mochi.Hook. It tells clients of 5.0 what is not
// spoken here, and answers any PUBREL with success: which messages were taken is
// known by their samples, not by the ids of packets.
func (h *hook) OnPacketEncode(cl *mochi.Client, pk packets.Packet) packets.Packet {
	switch pk.FixedHeader.Type {
	case packets.Connack:
		if v5 := cl.Properties.ProtocolVersion == 5; v5 && pk.ReasonCode == 0 {
			p := &pk.Properties
			p.MaximumPacketSize = maxPacket
			p.RetainAvailable, p.RetainAvailableFlag = 0, true
			p.WildcardSubAvailable, p.WildcardSubAvailableFlag = 0, true
			p.SubIDAvailable, p.SubIDAvailableFlag = 0, true
			p.SharedSubAvailable, p.SharedSubAvailableFlag = 0, true
		} else if !v5 && pk.ReasonCode > packets.Err3NotAuthorized.Code {
			pk.ReasonCode = packets.Err3NotAuthorized.Code // 3.1.1 has five
		}
	case packets.Pubcomp:
		pk.ReasonCode, pk.Properties.ReasonString = 0, ""
	}
	return pk
}

// OnSubscribed implements mochi.Hook.
func (h *hook) OnSubscribed(cl *mochi.Client, pk packets.Packet, reasons []byte) {
	for i, f := range pk.Filters {
		if s := sessionOf(cl); s != nil && i < len(reasons) && reasons[i] < packets.ErrUnspecifiedError.Code && f.Filter == commandTopic(s.device) {
			h.keep(s, true)
		}
	}
}

// OnUnsubscribed implements mochi.Hook. mochi also calls it for sessions that
// end, which must not change the one that is kept.
func (h *hook) OnUnsubscribed(cl *mochi.Client, pk packets.Packet) {
	if s := sessionOf(cl); s != nil && !cl.Closed() && len(pk.Filters) > 0 {
		h.keep(s, false)
	}
}

// keep writes down a session that lasts.
func (h *hook) keep(s *session, subscribed bool) {
	if !s.lasts {
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, loginTimeout)
	defer cancel()
	if err := h.b.doors.KeepSession(ctx, s.device, subscribed); err != nil {
		h.b.log.Warn("the session of an MQTT device could not be kept", "device", s.device.ID, "err", err)
	}
}
