// Package script is a small language in which a curator can read, and write, what a rule of
// alarm does: load samples, let the clock go on, say what is expected. A script runs the real
// engine (sensors/alarm), late samples and restarts included. It is pure.
//
// A script is UTF-8 text, one statement a line, words parted by blanks; what follows # is a remark.
// Durations are 30秒 10分 2小时 3天, moments 08:30 (of the present day) or 2026-01-05 08:30.
//
//	标题 TEXT                          first: what the script shows
//	时区 NAME                          IANA name; otherwise Asia/Shanghai
//	规则 NAME KIND [QUANTITY] WORDS…   KIND: 限值 变化率 波动 静默 卡死 尖峰 结露 霉变 曝光 时段 无单移动
//	                                   WORDS: 高于 X · 低于 X · 回差 X · 持续 D · 恢复 D · 观察 D · 间断 D ·
//	                                   次数 N · 表面低 K · 敏感度 很敏感|敏感|中等|耐受 · 开放 09:00-17:00 [1-5] · 级别 N
//	阶梯 ROLE D …                      who must answer, each for how long
//	展品 NAME CODE…                    an object and its materials, for 上限 区间 冲突
//	维护 MOMENT 至 MOMENT              a maintenance window, before the first 读数
//	时刻 MOMENT                        sets the clock, later only forward
//	测点 NAME                          the sensor of what follows; otherwise 一
//	读数 QUANTITY X [QUANTITY X] [每 D 共 N次]   now; or N times, each after D
//	渐变 QUANTITY X 到 X 历时 D 每 D   a straight way from now on, the first value left out
//	补传 QUANTITY X 早 D               a sample of D ago that comes only now
//	重复                               the newest samples once more
//	推进 D                             nothing comes, time passes
//	重启                               states are written down and read back
//	预期 [NAME] 正常|待定|报警|恢复中|静音   the phase; NAME a rule, otherwise the first
//	预期 [NAME] 值 X [误差 X]          the figure that was judged last
//	预期 [NAME] 最远 X                 the figure furthest out
//	预期 [NAME] 起于 MOMENT            when what is out began
//	预期 [NAME] 报警|解除|静音|补记 N次   how often that was told so far
//	预期 [NAME] 测点 N个               sensors in the group of the rule
//	预期 应答 ROLE                     who must answer now, if nobody has since the alarm of the first rule
//	预期 上限 QUANTITY X NAME… · 预期 区间 QUANTITY X X · 预期 冲突 QUANTITY NAME… · 预期 无限值 QUANTITY
//
// Quantities: 温度 相对湿度 表面温度 照度 二氧化碳 紫外 有人 无单 年曝光. Roles: 调度员 审批人 管理员 保管员.
//
// Reading order: words.go, parse.go, statement.go, run.go, expect.go.
package script
