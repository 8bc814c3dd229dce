package tourismhttp

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
)

// made up or not: the area, the past and the present counts.
type origin struct{ area, past, present bool }

// pastOf is the gates of one area with a past of two weeks; its instruments are real.
type pastOf struct {
	counted
	area   tourism.AreaID
	now    func() time.Time
	origin origin
}

func (p *pastOf) Areas(context.Context, store.Reader) ([]tourism.AreaID, error) {
	return []tourism.AreaID{p.area}, nil
}

func (p *pastOf) Outdoors(context.Context, store.Reader, tourism.AreaID) ([]comfort.Input, bool, error) {
	return nil, false, nil
}

func (p *pastOf) Past(_ context.Context, _ store.Reader, _ tourism.AreaID, _ time.Time, step time.Duration) (tourism.Past, error) {
	end := p.now().Truncate(step)
	out := tourism.Past{DayEnds: end.Add(24 * time.Hour), Simulated: p.origin.past}
	for at := end.AddDate(0, 0, -14); at.Before(end); at = at.Add(step) {
		out.Steps = append(out.Steps, tourism.PastStep{At: at, Inside: 100 + at.Hour(), Entered: 10 * at.Hour(), Heard: true})
	}
	return out, nil
}

// TestAForecastIsSimulatedWhenAnyOfItsSourcesIs: the area, what is counted now, or
// the past of which it was made.
func TestAForecastIsSimulatedWhenAnyOfItsSourcesIs(t *testing.T) {
	for _, o := range []origin{{}, {area: true}, {past: true}, {present: true}} {
		gates := &pastOf{counted: counted{&tourism.Counted{State: comfort.Live, Inside: 120, Simulated: o.present}}, origin: o}
		s := newSiteWith(t, gates)
		got := s.manager.Post("/api/v1/areas", body(t, "park", map[string]any{"name": map[string]string{"zh": "园"}, "simulated": o.area}))
		got.Want(t, 201)
		var a made
		if err := json.Unmarshal(got.Body, &a); err != nil {
			t.Fatal(err)
		}
		gates.area, gates.now = tourism.AreaID(a.ID), s.st.Now
		s.manager.Post("/api/v1/areas/"+a.ID+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
		if err := s.svc.RefreshForecasts(t.Context()); err != nil {
			t.Fatal(err)
		}
		for reader, path := range map[string]string{"tourists": "/comfort/forecast", "staff": "/crowd/forecast"} {
			client := s.nobody
			if reader == "staff" {
				client = s.watcher
			}
			ahead := client.Get("/api/v1/areas/" + a.ID + path)
			ahead.Want(t, 200)
			var v ForecastView
			if err := json.Unmarshal(ahead.Body, &v); err != nil {
				t.Fatal(err)
			}
			if want := o != (origin{}); v.MadeAt == nil || len(v.Later) == 0 || v.Simulated != want {
				t.Errorf("%+v, for %s: simulated %v, want %v (made at %v, %d hours ahead)", o, reader, v.Simulated, want, v.MadeAt, len(v.Later))
			}
		}
	}
}
