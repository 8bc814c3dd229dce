package app

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/media"
)

// TestADamagedOriginalIsReportedAndMendedFromABackup flips one byte of a stored
// file beneath the running program.
func TestADamagedOriginalIsReportedAndMendedFromABackup(t *testing.T) {
	data := t.TempDir()
	p := start(t, map[string]string{"data": data})
	clerk, ctx := p.login(t, "clerk"), t.Context()
	asset := clerk.upload(700, 500)
	backup := filepath.Join(t.TempDir(), "backup.tar")
	if _, err := p.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	p.until(t, "it is pictured", func() bool {
		return clerk.get("/iiif/image/3/"+asset+"~staff/full/max/0/default.jpg").status == http.StatusOK
	})
	blobs, err := filepath.Glob(filepath.Join(data, "blobs/originals/*/*/*", asset))
	if err != nil || len(blobs) != 1 {
		t.Fatalf("%v %v", blobs, err)
	}
	file, err := os.ReadFile(blobs[0])
	if err != nil {
		t.Fatal(err)
	}
	file[len(file)/2] ^= 4
	if err := os.WriteFile(blobs[0], file, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Media.Recheck(ctx, asset); err != nil || got != media.Damaged {
		t.Fatalf("%q %v", got, err)
	}
	var report struct {
		Damaged, Missing, Unchecked int
		Troubles                    []struct{ Asset, Fault string }
	}
	clerk.get("/api/v1/media/fixity?org=" + string(testOrg)).want(http.StatusOK).decode(&report)
	if report.Damaged != 1 || report.Missing != 0 || len(report.Troubles) != 1 || report.Troubles[0].Asset != asset || report.Troubles[0].Fault != "damaged" {
		t.Errorf("%+v", report)
	}
	var view struct {
		Fixity struct {
			OK        bool
			Fault     string
			CheckedAt *string
		}
	}
	clerk.get("/api/v1/media/" + asset).want(http.StatusOK).decode(&view)
	if view.Fixity.OK || view.Fixity.Fault != "damaged" || view.Fixity.CheckedAt == nil {
		t.Errorf("%+v", view)
	}
	clerk.get("/iiif/image/3/" + asset + "~staff/full/max/0/default.jpg").want(http.StatusOK)
	p.visitor(t).get("/api/v1/media/fixity?org=" + string(testOrg)).want(http.StatusUnauthorized)
	clerk.get("/api/v1/media/fixity?org=another-museum").want(http.StatusNotFound)
	if text := string(p.visitor(t).get("/metrics").want(http.StatusOK).body); !strings.Contains(text, `yijianyou_media_originals{outcome="damaged"} 1`) {
		t.Error("the metrics do not tell")
	}
	if found, err := p.checkOriginals(ctx); err != nil || len(found) != 1 || found[0].What != "damaged" || !strings.HasSuffix(found[0].Where, asset) {
		t.Errorf("check says %v %v", found, err)
	}

	if _, err := p.Mend(ctx, backup, "01a22114-4a64-7060-aa6c-359d8bed399b"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an asset that is none was mended: %v", err)
	}
	later := clerk.upload(300, 200) // the archive does not know it
	if _, err := p.Mend(ctx, backup, later); !errors.Is(err, ErrNotInArchive) {
		t.Errorf("an asset of after the archive: %v", err)
	}
	if got, err := p.Mend(ctx, backup, asset); err != nil || got != media.Sound {
		t.Fatalf("%q %v", got, err)
	}
	clerk.get("/api/v1/media/" + asset).want(http.StatusOK).decode(&view)
	if !view.Fixity.OK || view.Fixity.Fault != "" {
		t.Errorf("after mending: %+v", view)
	}
	if found, err := p.checkOriginals(ctx); err != nil || len(found) != 0 {
		t.Errorf("check says %v %v", found, err)
	}
}
