package heritage

import "yijianyou/internal/fault"

// What can be wrong with a movement order.
var (
	ErrNoMovement = fault.Define(fault.NotFound, "heritage.no_movement",
		"没有这份提用单，或您无权查看。", "There is no such movement order, or you may not see it.")
	ErrMovementStep = fault.Define(fault.Conflict, "heritage.movement_step",
		"提用单当前状态不允许这一步。请刷新后查看：待审批可批准或不批准，已批准可出库点交，已出库可入库点交。", "The state of the order does not allow this step. Reload it: a requested order can be approved or refused, an approved one handed out, one that is out taken back.")
	ErrOwnOrder = fault.Define(fault.Conflict, "heritage.own_order",
		"不能审批本人提出的提用单。请由另一位审批人处理。", "You cannot approve or refuse an order that you asked for. Another approver must do it.")
	ErrApprovedBefore = fault.Define(fault.Conflict, "heritage.approved_before",
		"您已批准过这份提用单的前一级，各级须由不同的人批准。", "You approved an earlier level of this order; each level takes another person.")
	ErrLevel = fault.Define(fault.Denied, "heritage.approval_level",
		"这一级须由“{level}”批准，您不在该级的名单中。", "This level is approved by {level}, and you are not named for it.")
	ErrSamePerson = fault.Define(fault.Conflict, "heritage.same_person",
		"点交须由两个人分别确认，您已确认过。请由另一人确认。", "A hand-over is confirmed by two persons and you were the first. Another must confirm.")
	ErrKeeperNeeded = fault.Define(fault.Conflict, "heritage.keeper_needed",
		"点交的两人中须有一名库房保管员。请由保管员确认。", "One of the two persons of a hand-over keeps the store. A keeper must confirm.")
	ErrRegistrarNeeded = fault.Define(fault.Conflict, "heritage.registrar_needed",
		"借展须由库房保管员与总账管理员共同点交，以便同时入账。请由总账管理员确认。", "A loan is handed over by the keeper and the registrar together, since it enters the ledger. The registrar must confirm.")
	ErrTooEarly = fault.Define(fault.Conflict, "heritage.movement_too_early",
		"尚未到提用单的起始时间，不能出库。", "The order has not begun; nothing can be handed out yet.")
	ErrTooLate = fault.Define(fault.Conflict, "heritage.movement_too_late",
		"已过提用单的归还期限，不能再批准或出库。请另行申请。", "The order is past its day of return and can no longer be approved or handed out. Ask for a new one.")
	ErrInOrder = fault.Define(fault.Conflict, "heritage.in_order",
		"文物（或其所属的套、所含的部件）在一份未了结的提用单中。请先归还或取消该单。", "The relic, its set or a part of it is in an open movement order. Take it back or cancel that order first.")
	ErrNotHeld = fault.Define(fault.Conflict, "heritage.not_held",
		"只有在藏的文物可以提用。请核对总账状态。", "Only relics that are held can be moved. Check their state in the ledger.")
	ErrElsewhere = fault.Define(fault.Invalid, "heritage.not_of_museum",
		"文物不是该单位的藏品。一份提用单只能包含一个单位的文物。", "The relic is not of this museum. An order holds relics of one museum only.")
	ErrPartNamed = fault.Define(fault.Invalid, "heritage.part_named",
		"该文物是单中另一套文物的部件，随套提用，请删去。", "This relic is a part of another in the order and goes with it. Delete it.")
	ErrManyParts = fault.Define(fault.Invalid, "heritage.many_parts",
		"一份提用单连同部件最多 {max} 件。请分单申请。", "An order holds at most {max} relics, parts included. Split it.")
	ErrMovementTime = fault.Define(fault.Invalid, "heritage.movement_time",
		"归还时间应晚于起始时间和现在，且不超过起始后 {years} 年。", "The return must be after the start and after now, and within {years} years of the start.")
	ErrLoanTime = fault.Define(fault.Invalid, "heritage.loan_time",
		"一级文物离馆不得超过 {years} 年。请缩短期限。", "A relic of the first grade may be out of the house for {years} years at most. Choose an earlier return.")
	ErrLoanOutside = fault.Define(fault.Invalid, "heritage.loan_outside",
		"借展须离馆；归库和移库不能离馆。", "A loan leaves the house; a return to the store and a relocation do not.")
	ErrPlaceOutside = fault.Define(fault.Invalid, "heritage.place_outside",
		"离馆的目的地请用文字写明，不能选馆内位置。", "Write a destination outside of the house in words; it is no place of the museum.")
	ErrNoVoucher = fault.Define(fault.NotFound, "heritage.no_voucher",
		"没有这张凭证。请从提用单打开。", "There is no such voucher. Open it from its order.")
	ErrSecondRows = fault.Define(fault.Invalid, "heritage.second_rows",
		"第二人只确认第一人所记，不能另记。如有不符，请退回重新点交。", "The second person confirms what the first noted and notes nothing else. If it is wrong, recall the hand-over and begin again.")
	ErrRowMissing = fault.Define(fault.Invalid, "heritage.row_missing",
		"出库点交须写明单中每一件文物的状况。", "A hand-out notes the condition of every relic of the order.")
	ErrRowUnknown = fault.Define(fault.Invalid, "heritage.row_unknown",
		"这件文物不在提用单中，或已归还。", "This relic is not in the order, or is back already.")
	ErrPolicyLevel = fault.Define(fault.Invalid, "heritage.policy_level",
		"没有这个审批级别。请先在级别表中列出。", "There is no such level of approval. List it among the levels first.")
)
