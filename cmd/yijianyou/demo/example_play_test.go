package demo

import (
	"strings"
	"testing"

	"yijianyou/sensors"
)

func TestEveryScriptFitsTheWorld(t *testing.T) {
	names := must[[]string](t)(Scripts())
	for _, want := range []string{Heartbeat, "theft", "lawful-loan", "dead-reader", "holiday-rush", "impostor"} {
		found := false
		for _, n := range names {
			found = found || n == want
		}
		if !found {
			t.Errorf("there is no script %s: %v", want, names)
		}
	}
	for _, n := range names {
		s, err := Script(n)
		if err != nil {
			t.Error(err)
			continue
		}
		if zh, en, ok := strings.Cut(s.Title, " / "); !ok || zh == "" || en == "" {
			t.Errorf("%s: the title %q is not in both languages", n, s.Title)
		}
		if (s.For == 0) != (n == Heartbeat) {
			t.Errorf("%s ends after %s", n, s.For)
		}
	}
}

func TestTheHouseIsWatchedWhereverItIsDrawn(t *testing.T) {
	w, err := World()
	if err != nil {
		t.Fatal(err)
	}
	watched := map[string]sensors.DeviceKind{}
	for _, d := range w.Devices {
		if d.Kind != sensors.Instrument {
			watched[d.Zone] = d.Kind
		}
	}
	for _, z := range exampleZones {
		want := sensors.Reader
		switch z.kind {
		case sensors.Exit:
			want = sensors.Portal
		case sensors.Ground:
			want = sensors.Gate
		}
		if watched[z.key] != want {
			t.Errorf("zone %s is watched by %q, want a %s", z.key, watched[z.key], want)
		}
	}
	zones := map[string]int{}
	for _, tag := range w.Tags {
		zones[tag.Zone]++
		if !sensors.ValidTagID(string(tag.ID)) {
			t.Errorf("%s is no tag", tag.ID)
		}
	}
	for _, key := range []string{"G1", "G2", "G3", "G4", "S1", "S2", "S3"} {
		if zones[key] == 0 {
			t.Errorf("no tag is in %s: %v", key, zones)
		}
	}
	for _, d := range w.Doors {
		for _, z := range d {
			if watched[z] == "" {
				t.Errorf("a door leads to %s", z)
			}
		}
	}
}

func TestWhatIsPlayedIsSimulated(t *testing.T) {
	for _, z := range ExampleZones() {
		checkBoth(t, z.ID, z.Fields.Name)
		if !z.Fields.Simulated || z.Org != MuseumOrg && z.Org != AreaOrg {
			t.Errorf("zone %s of %s", z.Fields.Name.ZH, z.Org)
		}
	}
	for _, d := range ExampleDevices() {
		checkBoth(t, d.ID, d.Fields.Name)
		if !d.Fields.Simulated {
			t.Errorf("device %s", d.ID)
		}
	}
	for _, tag := range must[[]ExampleTag](t)(ExampleTags()) {
		if !tag.Fields.Simulated {
			t.Errorf("tag %s", tag.ID)
		}
	}
}
