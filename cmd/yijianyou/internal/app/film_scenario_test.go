package app

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/web/auth"
)

// playedFile returns one of the samples of sound and film.
func playedFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../../media/avprobe/testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// employ gives an account to somebody with one role and logs in.
func (p *program) employ(t *testing.T, name string, role actor.Role, org actor.OrgID) *caller {
	t.Helper()
	_, err := p.Auth.CreateAccount(t.Context(), actor.SystemPart("test"), auth.NewAccount{Name: name, DisplayName: "示范角色·" + name,
		Grants: []actor.Grant{{Role: role, Org: org}}, Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	return p.login(t, name)
}

// tagOf returns the entity tag of what staff see at path.
func (c *caller) tagOf(path string) string {
	c.t.Helper()
	return c.get(path).want(http.StatusOK).header.Get("ETag")
}

// words writes a text of an asset.
func (c *caller) words(asset, track, format, text string) {
	c.t.Helper()
	c.do("PUT", "/api/v1/media/"+asset+"/tracks/"+track, strings.NewReader(text), "Content-Type", format, "If-Match", c.tagOf("/api/v1/media/"+asset)).want(http.StatusNoContent)
}

// tell makes a draft of a story of an area that plays the assets.
func (c *caller) tell(area string, assets ...string) *reply {
	c.t.Helper()
	list := []map[string]any{}
	for _, id := range assets {
		list = append(list, map[string]any{"assetId": id, "caption": map[string]string{"zh": "模拟"}})
	}
	return c.do("POST", "/api/v1/stories", map[string]any{"org": testOrg, "fields": map[string]any{"subject": map[string]string{"kind": "area", "id": area},
		"title": map[string]string{"zh": "场景听泉"}, "text": map[string]string{"zh": "模拟的讲解。"}, "order": 0, "media": list, "simulated": true}})
}

// newID returns the id in the answer to a creation.
func (r *reply) newID() string {
	r.t.Helper()
	var body struct{ ID string }
	r.want(http.StatusCreated).decode(&body)
	return body.ID
}

// publish shows a record of the visitor side; withdraw hides it.
func (c *caller) publish(path string) {
	c.t.Helper()
	c.do("POST", path+"/publish", nil, "If-Match", c.tagOf(path+"?view=staff")).want(http.StatusOK)
}

func (c *caller) withdraw(path string) {
	c.t.Helper()
	c.do("POST", path+"/withdraw", map[string]string{"reason": "场景"}, "If-Match", c.tagOf(path+"?view=staff")).want(http.StatusOK)
}

const sceneCaptions = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n山门\n"

// TestTheSoundOfAStoryIsPublicWhileTheStoryIs follows a film and its words through
// the life of the story that plays them, and of the area that it tells of.
func TestTheSoundOfAStoryIsPublicWhileTheStoryIs(t *testing.T) {
	p := start(t, nil)
	visitor, manager := p.visitor(t), p.employ(t, "manager", actor.AreaManager, testOrg)
	asset := manager.send("film.webm", playedFile(t, "film.webm"))
	manager.words(asset, "captions/zh", "text/vtt", sceneCaptions)
	manager.words(asset, "transcript/en", "text/plain", "The gate")
	area := manager.do("POST", "/api/v1/areas", map[string]any{"org": testOrg, "fields": map[string]any{"name": map[string]string{"zh": "场景山"}, "simulated": true}}).newID()
	story := "/api/v1/stories/" + manager.tell(area, asset).newID()
	area = "/api/v1/areas/" + area
	content, captions, transcript := "/api/v1/media/"+asset+"/content", "/api/v1/media/"+asset+"/tracks/captions/zh", "/api/v1/media/"+asset+"/tracks/transcript/en"

	tags := map[string]string{}
	hidden := func(when string) {
		t.Helper()
		for _, path := range []string{content, captions, transcript} {
			for _, headers := range [][]string{nil, {"Range", "bytes=0-9"}, {"If-None-Match", tags[path]}, {"If-None-Match", "*"}, {"Range", "bytes=0-9", "If-Range", tags[path]}} {
				if got := visitor.do("GET", path, nil, headers...); got.status != http.StatusNotFound || got.header.Get("Cache-Control") == "" || strings.Contains(got.header.Get("Cache-Control"), "public") {
					t.Errorf("%s GET %s %q: %d, %s", when, path, headers, got.status, got.header.Get("Cache-Control"))
				}
			}
			if got := visitor.do("HEAD", path, nil); got.status != http.StatusNotFound {
				t.Errorf("%s HEAD %s: %d", when, path, got.status)
			}
			if got := manager.get(path); got.status != http.StatusOK || strings.Contains(got.header.Get("Cache-Control"), "public") {
				t.Errorf("%s staff get %d, %s", when, got.status, got.header.Get("Cache-Control"))
			}
		}
	}
	shown := func(when string) {
		t.Helper()
		for _, path := range []string{content, captions, transcript} {
			got := visitor.get(path).want(http.StatusOK)
			tags[path] = got.header.Get("ETag")
			if again := visitor.do("GET", path, nil, "If-None-Match", tags[path]); tags[path] == "" || again.status != http.StatusNotModified {
				t.Errorf("%s %s: %d of what the reader has", when, path, again.status)
			}
		}
		part := visitor.do("GET", content, nil, "Range", "bytes=4-9", "If-Range", tags[content]).want(http.StatusPartialContent)
		if !bytes.Equal(part.body, visitor.get(content).body[4:10]) {
			t.Errorf("%s other bytes", when)
		}
		if media := string(visitor.get(story).want(http.StatusOK).body); !strings.Contains(media, content) || !strings.Contains(media, captions) {
			t.Errorf("%s the story plays nothing: %s", when, media)
		}
	}

	hidden("as a draft")
	manager.publish(story)
	hidden("while its area is hidden")
	manager.publish(area)
	shown("once both are published")
	manager.withdraw(story)
	hidden("when the story is withdrawn")
	manager.publish(story)
	shown("published again")
	manager.withdraw(area)
	hidden("when the area is withdrawn")
	manager.publish(area)
	shown("when the area is back")

	terms := map[string]any{"holder": map[string]string{}, "credit": map[string]string{}, "licence": "", "audience": "staff", "reason": "场景"}
	manager.do("PUT", "/api/v1/media/"+asset+"/terms", terms, "If-Match", manager.tagOf("/api/v1/media/"+asset)).want(http.StatusOK)
	hidden("kept to staff")
	if media := string(visitor.get(story).want(http.StatusOK).body); strings.Contains(media, asset) {
		t.Errorf("the story names what is kept to staff: %s", media)
	}
}

// TestAStoryPlaysNothingOfAnotherOrganisation: neither its own staff nor a stranger
// opens a sound by naming it in a story.
func TestAStoryPlaysNothingOfAnotherOrganisation(t *testing.T) {
	p := start(t, nil)
	other := &auth.Org{Name: auth.Text{ZH: "场景别处"}, Kind: "area", Simulated: true}
	other.ID, other.Org = "scenario-elsewhere", "scenario-elsewhere"
	if err := p.Auth.PutOrg(t.Context(), actor.SystemPart("test"), other); err != nil {
		t.Fatal(err)
	}
	manager, elsewhere := p.employ(t, "manager", actor.AreaManager, testOrg), p.employ(t, "elsewhere", actor.AreaManager, other.Org)
	asset, picture := manager.send("a.mp3", playedFile(t, "a.mp3")), manager.upload(40, 30)
	fields := func(area, id string) map[string]any {
		return map[string]any{"subject": map[string]string{"kind": "area", "id": area}, "title": map[string]string{"zh": "场景"}, "text": map[string]string{"zh": "模拟。"}, "order": 0,
			"media": []map[string]any{{"assetId": id}}, "simulated": true}
	}
	area := func(c *caller, org actor.OrgID) string {
		return c.do("POST", "/api/v1/areas", map[string]any{"org": org, "fields": map[string]any{"name": map[string]string{"zh": "场景山"}, "simulated": true}}).newID()
	}
	theirs := area(elsewhere, other.Org)
	refused := elsewhere.do("POST", "/api/v1/stories", map[string]any{"org": other.Org, "fields": fields(theirs, asset)}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(string(refused.body), "media[0].assetId") {
		t.Errorf("%s", refused.body)
	}
	elsewhere.get("/api/v1/media/" + asset + "/content").want(http.StatusNotFound)
	elsewhere.do("POST", "/api/v1/stories", map[string]any{"org": testOrg, "fields": fields(theirs, asset)}).want(http.StatusForbidden)
	if got := manager.do("POST", "/api/v1/stories", map[string]any{"org": testOrg, "fields": fields(area(manager, testOrg), picture)}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a picture is played: %d %s", got.status, got.body)
	}
	p.visitor(t).get("/api/v1/media/" + asset + "/content").want(http.StatusNotFound)
}
