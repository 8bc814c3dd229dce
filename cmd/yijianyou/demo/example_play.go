package demo

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"yijianyou/sensors"
	"yijianyou/sensors/simulate"
)

// World returns 示范博物馆 and 示范景区 as the simulator plays them.
func World() (simulate.World, error) {
	tags, err := ExampleTags()
	if err != nil {
		return simulate.World{}, err
	}
	w := simulate.World{Doors: exampleDoors}
	for _, d := range exampleDevices() {
		p := simulate.Device{ID: sensors.DeviceID(d.ID), Org: d.Org, Kind: d.Fields.Kind, Zone: d.zone}
		for _, c := range d.Fields.Channels {
			p.Channels = append(p.Channels, channelOf(c, d.zone))
		}
		w.Devices = append(w.Devices, p)
	}
	for _, t := range tags {
		w.Tags = append(w.Tags, simulate.Tag{ID: sensors.TagID(t.ID), Zone: t.zone, Battery: -1})
	}
	return w, nil
}

// channelOf makes a room a little warmer upstairs, and the park cool.
func channelOf(c sensors.Channel, zone string) simulate.Channel {
	out := simulate.Channel{Name: c.Name, Unit: c.Unit, Around: 20.5, Swing: 0.8}
	if strings.HasPrefix(zone, "S") {
		out.Around, out.Swing = 19.5, 0.3
	}
	switch c.Quantity {
	case "relative-humidity":
		out.Around, out.Swing = 52, 1.5
	case "wind-speed":
		out.Around, out.Swing = 1.8, 0.6
	case "pm25":
		out.Around, out.Swing = 38, 5
	}
	if zone == "park" && c.Quantity == "temperature" {
		out.Around, out.Swing = 15, 1.5
	}
	return out
}

// scriptFolder holds the scripts of the demo.
const scriptFolder = "data/demo-scripts"

// Heartbeat is the script that the demo plays by itself.
const Heartbeat = "quiet-day"

// Scripts lists the names of the scripts.
func Scripts() ([]string, error) {
	entries, err := fs.ReadDir(files, scriptFolder)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".txt"); ok {
			out = append(out, name)
		}
	}
	return out, nil
}

// Script returns the script with a name of Scripts, checked against World.
func Script(name string) (*simulate.Script, error) {
	text, err := fs.ReadFile(files, scriptFolder+"/"+name+".txt")
	if err != nil {
		return nil, err
	}
	s, err := simulate.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w, err := World()
	if err != nil {
		return nil, err
	}
	if err := w.Check(s); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}
