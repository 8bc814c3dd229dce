package app

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/heritage/dating"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/heritage/load/loadhttp"
	"yijianyou/internal/actor"

	"yijianyou/media/mediahttp"
	"yijianyou/search"
	"yijianyou/search/searchhttp"
	"yijianyou/sensors/sensorshttp"
	"yijianyou/tourism/tourismhttp"
	"yijianyou/web"
	"yijianyou/web/auth"
	"yijianyou/web/httpkit"
	"yijianyou/web/live"
	"yijianyou/web/ui"
)

// topics are what a page may listen to.
func topics() []live.Topic {
	return []live.Topic{
		{Name: "relics", Collections: []string{"relics"}, Action: actor.RecordRead},
		{Name: "sites", Collections: []string{"sites"}, Action: actor.RecordRead},
		{Name: "museums", Collections: []string{"museums"}, Action: actor.RecordRead},
		{Name: "places", Collections: []string{"places"}, Action: actor.RecordRead},
		{Name: "exhibitions", Collections: []string{"exhibitions"}, Action: actor.RecordRead},
		{Name: "media", Collections: []string{"assets"}, Action: actor.RecordRead},
		{Name: "movements", Collections: []string{"movements"}, Action: actor.MovementRead},
		{Name: "loads", Collections: []string{"loads"}, Action: actor.RecordImport},
		{Name: "areas", Collections: []string{"areas", "spots", "paths", "stories", "queues"}, Action: actor.AreaRead},
		{Name: "devices", Collections: []string{"devices", "devicestates", "refusals", "zones", "tags"}, Action: actor.DeviceRead},
		{Name: "alarms", Collections: []string{"alarms"}, Action: actor.AlarmRead},
		{Name: "positions", Collections: []string{"tagstates", "passages"}, Action: actor.DeviceRead},
		{Name: "occupancy", Collections: []string{"occupancies"}, Public: true},
		{Name: "accounts", Collections: []string{"accounts"}, Action: actor.AccountRead},
	}
}

// perAddress is how much one address may ask: a page of the guide with its
// tiles is about forty requests.
var perAddress = httpkit.Rate{PerSecond: 60, Burst: 400}

// shell mounts the routes of all packages.
func (a *App) shell(registry *prometheus.Registry, version string) (*web.Shell, error) {
	cfg := a.Config
	names := func(by actor.Actor) search.Labels {
		return search.JoinLabels(a.Heritage.Labels(by), a.Tourism.Labels(by))
	}
	return web.New(web.Options{
		Kit: httpkit.Options{Version: version, PublicURL: cfg.PublicURL.String(), Sessions: a.Auth, Store: a.Store, Log: a.Log,
			TrustedProxies: cfg.TrustedProxies, Rate: perAddress},
		Mounts: []func(*httpkit.Router){
			func(r *httpkit.Router) { auth.Mount(r, a.Auth) },
			func(r *httpkit.Router) {
				searchhttp.Mount(r, searchhttp.Deps{Public: a.Public, Staff: a.Staff, Labels: names, Periods: periods, Ages: ages(), Records: exports{a.Core}, Saved: a.Saved})
			},
			func(r *httpkit.Router) {
				heritagehttp.Mount(r, a.Heritage, append(tourismhttp.Vocabularies(), quantities())...)
			},
			func(r *httpkit.Router) { loadhttp.Mount(r, a.Loads, maxFile) },
			func(r *httpkit.Router) { tourismhttp.Mount(r, a.Tourism) },
			func(r *httpkit.Router) { sensorshttp.Mount(r, a.Sensors, a.Heritage.Movements, a.Notifier) },
			func(r *httpkit.Router) {
				mediahttp.Mount(r, mediahttp.Deps{Service: a.Media, Store: a.Store, Shelves: a.shelves(), Museums: a.Heritage.MuseumManifests(), Log: a.Changes})
			},
			func(r *httpkit.Router) { live.Mount(r, a.Hub) },
		},
		Checks: a.ready(), Registry: registry, MetricsKey: cfg.MetricsKey,
		Settings: web.Settings{Operator: cfg.Site.Operator, MapApproval: cfg.Site.MapApproval, ICP: cfg.Site.ICP,
			PublicSecurity: cfg.Site.PublicSecurity, PrivacyURL: cfg.Site.PrivacyURL, Demo: cfg.Demo, Version: version},
		Pages: web.Pages{Files: ui.Files(), Guide: ui.GuideEntry, Console: ui.ConsoleEntry, Placeholder: ui.Placeholder},
		Grace: 20 * time.Second,
	})
}

// maxFile is the largest file of an import, 64 MiB as heritage/tabular has it.
const maxFile = 64 << 20

// ages are the ages by which a list is looked through.
func ages() (out []searchhttp.Age) {
	for _, a := range dating.Ages() {
		out = append(out, searchhttp.Age{Name: search.Text{ZH: a.ZH, EN: a.EN}, From: a.From, To: a.To})
	}
	return out
}

// periods joins the period filter of searches with the dating of periods. An open
// end reaches as far as search does.
func periods(text string) (from, to int, ok bool) {
	p := dating.Parse(text)
	if !p.Known() || len(p.Unknown) > 0 {
		return 0, 0, false
	}
	from, to = -search.MaxYear, search.MaxYear
	first, last := p.Bounds()
	if first != nil {
		from = *first
	}
	if last != nil {
		to = *last
	}
	return from, to, true
}
