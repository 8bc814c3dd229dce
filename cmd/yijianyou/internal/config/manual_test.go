package config

import (
	"os"
	"strings"
	"testing"
)

func TestTheManualHasEverySettingAsItIs(t *testing.T) {
	text, err := os.ReadFile("../../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Settings() {
		fallback, what := "–", s.EN
		if s.Default != "" {
			fallback = "`" + s.Default + "`"
		}
		if s.Secret {
			what += " (secret)"
		}
		if row := "| `" + s.Name + "` | " + fallback + " | " + what + " |\n"; !strings.Contains(string(text), row) {
			t.Errorf("docs/operations.md lacks the row %s", row)
		}
	}
}
