package app

import (
	"context"
	"net"

	"golang.org/x/sync/errgroup"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/sensors/broker"
	"yijianyou/web"
)

// intake is where the messages of devices come in: the embedded MQTT broker, or a
// client of one that is there already.
type intake interface {
	Run(ctx context.Context) error
	Count() *broker.Counters
	Address() string // of the broker: host:port of the embedded one, else a URL
}

// listenDevices opens the port of the embedded broker; nil when there is none.
func listenDevices(cfg *config.Config) (net.Listener, error) {
	if cfg.MQTTBroker != nil || cfg.MQTTListen == "" {
		return nil, nil
	}
	return web.Listen("mqtt-listen", cfg.MQTTListen, cfg.MQTTCert, cfg.MQTTKey)
}

// openIntake makes the intake that the settings name.
func (a *App) openIntake() {
	switch {
	case a.Config.MQTTBroker != nil:
		a.intake = broker.NewClient(broker.ClientOptions{Remote: broker.Remote{URL: a.Config.MQTTBroker}, Sink: a.Sensors, Noter: a.Sensors, Log: a.Log})
	case a.devices != nil:
		a.intake = broker.New(broker.Options{Listener: a.devices, Sink: a.Sensors, Doors: a.Sensors, Log: a.Log})
	}
}

// DeviceAddress is where devices connect by MQTT, "" when they cannot.
func (a *App) DeviceAddress() string {
	switch {
	case a.intake == nil:
		return ""
	case a.Config.MQTTBroker != nil:
		return a.intake.Address()
	case a.Config.MQTTCert != "":
		return "mqtts://" + a.intake.Address()
	}
	return "mqtt://" + a.intake.Address()
}

// runSensors runs what takes the samples of devices in and watches over them.
func (a *App) runSensors(ctx context.Context, group *errgroup.Group) {
	group.Go(func() error { return a.Sensors.RunPipeline(ctx) })
	group.Go(func() error { return a.Sensors.RunWatch(ctx) })
	group.Go(func() error { return a.Sensors.RunRefusals(ctx) })
	if a.intake != nil {
		a.devices = nil // it closes it
		group.Go(func() error { return a.intake.Run(ctx) })
	}
}
