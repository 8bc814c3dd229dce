package sqlitestore_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
)

func openURI(ctx context.Context, file string) (store.Engine, error) {
	return sqlitestore.Open(ctx, file, sqlitestore.Options{})
}

func TestMain(m *testing.M) {
	storetest.StormChild(openURI)
	os.Exit(m.Run())
}

func TestKilledInAStormOfWrites(t *testing.T) {
	t.Parallel()
	storetest.Storm(t, filepath.Join(t.TempDir(), "storm.db"), openURI, storetest.StormOptions{})
}
