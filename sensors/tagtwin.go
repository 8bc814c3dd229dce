package sensors

import (
	"fmt"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// copied raises the alarm of a tag whose number is seen in two places at once and
// was not, by what was known before. What hangs on nothing has none. It does not
// end by itself: that one of the two is not seen any more proves nothing.
func (t *tracker) copied(tag *Tag, st *TagState, was TagState) error {
	if tag.Binding == nil || st.TwinID == "" || was.TwinID == st.TwinID && sameTime(st.TwinAt, was.TwinAt) {
		return nil
	}
	here, err := t.zone(st.ZoneID)
	if err != nil {
		return err
	}
	there, err := t.zone(st.TwinID)
	if err != nil {
		return err
	}
	a, b := here.name(), there.name()
	_, err = t.s.raiseIn(t.tx, Alarm{Meta: store.Meta{Org: tag.Org}, Kind: TagCopied, RelicID: tag.Binding.RelicID, TagID: TagID(tag.ID),
		Carrier: tag.Binding.Carrier, ZoneID: st.TwinID, FromZoneID: st.ZoneID, DeviceID: st.LastDevice, OccurredAt: *st.TwinAt, Certainty: Probable, Late: t.late(*st.TwinAt),
		Ground: heritage.Text{
			ZH: fmt.Sprintf("同一编号的标签几乎同时在%s和%s被读到，其间的距离无人能及时走完。编号可能被复制，请到两处核对标签和器物。", a.ZH, b.ZH),
			EN: fmt.Sprintf("The tag is seen in %s and in %s at once, and nobody could carry it from one to the other in that time. Its number may have been copied: look at tag and object in both places.", a.EN, b.EN)}})
	return err
}
