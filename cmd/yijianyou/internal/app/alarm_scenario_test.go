package app

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// TestATheftIsToldToASystemOutside: a relic passes the exit without an order, as
// its portal says over HTTP; a system of the house gets a signed notice.
func TestATheftIsToldToASystemOutside(t *testing.T) {
	type notice struct {
		signature string
		body      []byte
	}
	told := make(chan notice, 10)
	outside := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		told <- notice{r.Header.Get("X-Yijianyou-Signature"), body}
	}))
	t.Cleanup(outside.Close)
	p := start(t, map[string]string{"webhook-networks": "127.0.0.0/8"})
	by := actor.SystemPart("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, secret, err := p.Notifier.CreateContact(t.Context(), by, sensors.NewContact{Org: testOrg, Fields: sensors.ContactFields{
		Name: "安防平台", Kind: sensors.Webhook, URL: outside.URL, Severities: []sensors.Severity{1}, Steps: []int{0}}})
	must(err)
	exit, err := p.Sensors.Zones.Create(t.Context(), by, sensors.NewThing[sensors.ZoneFields]{Org: testOrg, Fields: sensors.ZoneFields{Kind: sensors.Exit, Name: heritage.Text{ZH: "南门"}}})
	must(err)
	_, err = p.Sensors.Devices.Create(t.Context(), by, sensors.NewThing[sensors.DeviceFields]{ID: "south-portal", Org: testOrg,
		Fields: sensors.DeviceFields{Kind: sensors.Portal, Name: heritage.Text{ZH: "南门通道门"}, ZoneID: sensors.ZoneID(exit.ID)}})
	must(err)
	key, err := p.Sensors.RotateSecret(t.Context(), by, "south-portal")
	must(err)
	relic := p.hangs(t, by, "e2801160", "场景铜壶", "grade-1")

	p.visitor(t).do("POST", "/api/v1/capture/sighting", map[string]any{"at": time.Now().UnixMilli(), "tag": "e2801160", "rssi": -48},
		"Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("south-portal:"+key))).want(http.StatusOK)

	p.until(t, "somebody outside is told", func() bool { return len(told) > 0 })
	got := <-told
	stamp, sig, _ := strings.Cut(strings.TrimPrefix(got.signature, "t="), ",v1=")
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "." + string(got.body)))
	if want := hex.EncodeToString(mac.Sum(nil)); sig != want {
		t.Errorf("signature %q", got.signature)
	}
	var e sensors.Event
	must(json.Unmarshal(got.body, &e))
	if e.Alarm.Kind != sensors.UnlawfulExit || e.Alarm.Severity != 1 || !e.Simulated || !strings.Contains(e.Subject, "模拟") || e.URL != "http://guide.example/console/alarms/"+e.Alarm.ID {
		t.Errorf("told %s", got.body)
	}
	if strings.Contains(string(got.body), "场景铜壶") || strings.Contains(string(got.body), relic.ID) {
		t.Errorf("the notice names the relic: %s", got.body)
	}
	p.until(t, "the log says that it was told", func() bool {
		page, err := p.Sensors.Deliveries(t.Context(), by, e.Alarm.ID, 10, "")
		must(err)
		return len(page.Items) == 1 && page.Items[0].State == sensors.Delivered
	})
	if n := len(told); n != 0 {
		t.Errorf("told %d times more", n)
	}
}

// hangs makes a relic that is in the house, binds a tag to its box and returns the
// relic.
func (p *program) hangs(t *testing.T, by actor.Actor, tag sensors.TagID, name string, grade vocab.Code) *heritage.Relic {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	museum, err := p.Heritage.Museums.Create(t.Context(), by, heritage.NewRecord[heritage.MuseumFields]{Org: testOrg, Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "场景博物馆"}}})
	must(err)
	relic, err := p.Heritage.Relics.Create(t.Context(), by, heritage.NewRecord[heritage.RelicFields]{Org: testOrg, Ledger: "held",
		Fields: heritage.RelicFields{MuseumID: heritage.MuseumID(museum.ID), Name: heritage.Text{ZH: name}, Grade: grade}})
	must(err)
	made, err := p.Sensors.Tags.Create(t.Context(), by, sensors.NewThing[sensors.TagFields]{ID: string(tag), Org: testOrg, Fields: sensors.TagFields{Kind: sensors.PassiveUHF, Label: "S-1"}})
	must(err)
	_, err = p.Sensors.Bind(t.Context(), by, tag, made.Rev, sensors.NewBinding{RelicID: heritage.RelicID(relic.ID), Carrier: sensors.OnBox, Method: "棉线悬挂", Reversible: true, ApprovedBy: "馆长"})
	must(err)
	return relic
}
