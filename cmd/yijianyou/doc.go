// Command yijianyou is the whole program: one subcommand a file.
//
//	serve    run the server
//	import   load sites or relics from a CSV or XLSX file
//	export   write them out again
//	user     create accounts, reset passwords and second factors
//	backup   write a verified archive of everything
//	restore  load such an archive into an empty directory
//	reindex  build the search indexes anew
//	check    compare documents, indexes and blobs, and say what differs
//
// import, export, user and backup work beside a running server; restore and
// reindex need the data directory for themselves.
//
// Exit codes: 0 done, 1 something failed, 2 the command or a setting is wrong,
// 3 check found differences, or an import found rows to mend.
package main
