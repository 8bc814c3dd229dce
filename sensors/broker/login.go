package broker

import (
	"context"
	"errors"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/sensors"
)

// lastingExpiryS is the shortest session expiry of 5.0 for which a session is
// kept in the store. A shorter one lives in memory.
const lastingExpiryS = 24 * 3600

// OnConnect implements mochi.Hook: the login. Client id and user name are the
// name of the device, the password is its secret.
func (h *hook) OnConnect(cl *mochi.Client, pk packets.Packet) error {
	c, ok := cl.Net.Conn.(*conn)
	if !ok {
		return packets.ErrServerUnavailable
	}
	s, code := h.login(cl, c, pk)
	if s == nil {
		c.answered = true
		if err := h.b.server.SendConnack(cl, code, false, nil); err != nil {
			return err
		}
		return code
	}
	if k := cl.State.Keepalive; k == 0 || k > maxKeepaliveS {
		cl.State.Keepalive, cl.State.ServerKeepalive = maxKeepaliveS, true
	}
	c.session, c.known = s, true
	c.leaveUnknown()
	return nil
}

// OnConnectAuthenticate implements mochi.Hook: who has passed OnConnect is in.
func (*hook) OnConnectAuthenticate(cl *mochi.Client, _ packets.Packet) bool {
	return sessionOf(cl) != nil
}

// login returns the session of who may come in, or what to tell who may not.
func (h *hook) login(cl *mochi.Client, c *conn, pk packets.Packet) (*session, packets.Code) {
	if pk.Properties.AuthenticationMethod != "" {
		h.b.refuse(refusedForm)
		return nil, packets.ErrBadAuthenticationMethod
	}
	ctx, cancel := context.WithTimeout(h.b.ctx, loginTimeout)
	defer cancel()
	secret := string(pk.Connect.Password)
	d, err := h.b.doors.Authenticate(ctx, sensors.DeviceID(pk.Connect.Username), secret, c.address)
	switch {
	case errors.Is(err, sensors.ErrDeviceRefused):
		h.b.refuse(refusedLogin)
		h.b.log.Warn("an MQTT login was refused", "address", c.address)
		return nil, packets.ErrBadUsernameOrPassword
	case errors.Is(err, sensors.ErrDeviceThrottled):
		h.b.refuse(refusedLogin)
		return nil, unavailable(cl, packets.ErrConnectionRateExceeded)
	case err != nil:
		h.b.log.Warn("an MQTT login could not be checked", "address", c.address, "err", err)
		return nil, packets.ErrServerUnavailable
	}
	s := h.b.newSession(cl, c, d, sensors.ProofOf(secret))
	s.lasts = !pk.Connect.Clean && (pk.ProtocolVersion < 5 || pk.Properties.SessionExpiryInterval >= lastingExpiryS)
	switch {
	case pk.Connect.ClientIdentifier != d.ID:
		s.note(refusedName, sensors.Refusal{Kind: sensors.ForeignTopic, Claimed: pk.Connect.ClientIdentifier, Code: ErrClientID.ID()})
		s.end()
		return nil, packets.ErrClientIdentifierNotValid
	case pk.Connect.WillFlag:
		s.badForm(ErrWill)
		s.end()
		return nil, packets.ErrNotAuthorized
	}
	return s, packets.CodeSuccess
}

// unavailable is code, or in 3.1.1, which has no such reason, that the server is
// unavailable.
func unavailable(cl *mochi.Client, code packets.Code) packets.Code {
	if cl.Properties.ProtocolVersion < 5 {
		return packets.ErrServerUnavailable
	}
	return code
}

// OnSessionEstablish implements mochi.Hook: it is called after the login, before
// mochi looks for a session of that name. One that lasts and is only in the
// store is put where mochi finds it.
func (h *hook) OnSessionEstablish(cl *mochi.Client, pk packets.Packet) {
	s := sessionOf(cl)
	ctx, cancel := context.WithTimeout(s.ctx, loginTimeout)
	defer cancel()
	id := sensors.DeviceID(s.device.ID)
	if err := h.resume(ctx, s, id, pk.Connect.Clean); err != nil {
		h.b.log.Warn("the session of an MQTT device could not be looked up; it begins anew", "device", id, "err", err)
	}
}

func (h *hook) resume(ctx context.Context, s *session, id sensors.DeviceID, clean bool) error {
	if clean {
		return h.b.doors.EndSession(ctx, id)
	}
	if !s.lasts {
		return nil
	}
	found, subscribed, err := h.b.doors.ResumeSession(ctx, id)
	if err != nil {
		return err
	}
	if _, known := h.b.server.Clients.Get(s.cl.ID); found && !known {
		was := h.b.server.NewClient(nil, h.b.listener.ID(), s.cl.ID, false)
		was.Properties.ProtocolVersion = s.cl.Properties.ProtocolVersion
		if subscribed {
			filter := commandTopic(s.device)
			was.State.Subscriptions.Add(filter, packets.Subscription{Filter: filter, Qos: 1})
		}
		was.Stop(packets.CodeDisconnect)
		h.b.server.Clients.Add(was)
	}
	return h.b.doors.KeepSession(ctx, s.device, subscribed)
}
