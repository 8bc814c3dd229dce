package app

import "context"

// loadDemo loads the demo data at the first start.
func (a *App) loadDemo(ctx context.Context) error { return nil }
