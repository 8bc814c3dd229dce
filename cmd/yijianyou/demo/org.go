package demo

import (
	"yijianyou/heritage"
	"yijianyou/internal/actor"
)

// The organisations of the data set.
const (
	Henan     actor.OrgID = "henan"         // published facts about real sites, museums and relics
	MuseumOrg actor.OrgID = "demo-museum"   // 示范博物馆, all simulated
	SecondOrg actor.OrgID = "demo-museum-b" // 示范二馆, another museum for tests of separation
	AreaOrg   actor.OrgID = "demo-area"     // 示范景区, all simulated
)

// Org is an organisation that the first start creates. Kind is a kind of
// package auth: authority, museum or area.
type Org struct {
	ID        actor.OrgID
	Name      heritage.Text
	Kind      string
	Simulated bool
}

// Orgs returns the organisations of the data set.
func Orgs() []Org {
	return []Org{
		{Henan, heritage.Text{ZH: "河南文物公开资料", EN: "Published heritage data of Henan"}, "authority", false},
		{MuseumOrg, heritage.Text{ZH: "示范博物馆（模拟）", EN: "Model Museum (simulated)"}, "museum", true},
		{SecondOrg, heritage.Text{ZH: "示范二馆（模拟）", EN: "Second Model Museum (simulated)"}, "museum", true},
		{AreaOrg, heritage.Text{ZH: "示范景区（模拟）", EN: "Model Scenic Area (simulated)"}, "area", true},
	}
}

// Account is a demo account. It is a role and no person.
type Account struct {
	Account string
	Name    heritage.Text
	Grants  []actor.Grant
}

// Accounts returns the demo accounts. Registrar and keeper of a museum are two,
// and so are who asks, who approves and who reviews.
func Accounts() []Account {
	return []Account{
		{"admin", heritage.Text{ZH: "示范角色·系统管理员", EN: "Example role: administrator"}, []actor.Grant{{Role: actor.Admin, Org: actor.CityWide}}},
		{"registrar", heritage.Text{ZH: "示范角色·总账管理员", EN: "Example role: registrar"}, []actor.Grant{{Role: actor.Registrar, Org: MuseumOrg}, {Role: actor.Registrar, Org: Henan}}},
		{"keeper", heritage.Text{ZH: "示范角色·库房保管员", EN: "Example role: keeper"}, []actor.Grant{{Role: actor.Keeper, Org: MuseumOrg}}},
		{"approver", heritage.Text{ZH: "示范角色·保管部主任", EN: "Example role: approver"}, []actor.Grant{{Role: actor.Approver, Org: MuseumOrg}}},
		{"reviewer", heritage.Text{ZH: "示范角色·审核员", EN: "Example role: reviewer"}, []actor.Grant{{Role: actor.Reviewer, Org: MuseumOrg}, {Role: actor.Reviewer, Org: Henan}}},
		{"manager", heritage.Text{ZH: "示范角色·景区管理员", EN: "Example role: area manager"}, []actor.Grant{{Role: actor.AreaManager, Org: AreaOrg}}},
		{"dispatcher", heritage.Text{ZH: "示范角色·调度员", EN: "Example role: dispatcher"}, []actor.Grant{{Role: actor.Dispatcher, Org: MuseumOrg}, {Role: actor.Dispatcher, Org: AreaOrg}}},
		{"auditor", heritage.Text{ZH: "示范角色·审计员", EN: "Example role: auditor"}, []actor.Grant{{Role: actor.Auditor, Org: actor.CityWide}}},
	}
}
