package media

import (
	"context"

	"yijianyou/internal/store"
)

// Forget makes the program know nothing of the original of an asset, as a version
// without the audit did.
func (s *Service) Forget(id string) error {
	return s.st.Update(context.Background(), builder, func(tx *store.Tx) error { return unwatch(tx, id) })
}
