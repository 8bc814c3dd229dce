// SQLite FTS5 over bigrams made beforehand, as it has no tokenizer for Chinese that
// gives pairs. Row numbers are in the order of the answer, so that the full-text
// index yields hits in order; one pass counts and keeps the first ones.
#include <sqlite3.h>

#include "peer.hpp"

using namespace peer;

namespace {

void must(int rc, sqlite3* db) {
  if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) {
    std::cerr << "sqlite: " << sqlite3_errmsg(db) << std::endl;
    exit(1);
  }
}

struct Database {
  sqlite3* db = nullptr;
  explicit Database(const std::string& folder, int flags) {
    must(sqlite3_open_v2((folder + "/bench.db").c_str(), &db, flags | SQLITE_OPEN_NOMUTEX, nullptr), db);
  }
  ~Database() { sqlite3_close(db); }
  void exec(const char* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), db); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* s;
    must(sqlite3_prepare_v2(db, sql, -1, &s, nullptr), db);
    return s;
  }
};

struct SqliteSession : Session {
  Database d;
  sqlite3_stmt *match, *matchFacets, *prefix, *range, *near, *all, *shownText;
  explicit SqliteSession(const std::string& folder) : d(folder, SQLITE_OPEN_READONLY) {
    d.exec("PRAGMA mmap_size=1073741824; PRAGMA cache_size=-65536");
    match = d.prepare("SELECT rowid FROM words WHERE words MATCH ?");
    matchFacets = d.prepare("SELECT r.id, r.era, r.category, r.material, r.museum FROM words JOIN records r ON r.id = words.rowid WHERE words MATCH ?");
    prefix = d.prepare("SELECT id FROM records WHERE code >= ?1 AND code < ?2");
    range = d.prepare("SELECT id FROM records WHERE first BETWEEN ?1 AND ?2 AND last >= ?3");
    near = d.prepare("SELECT p.id, r.lon, r.lat FROM places p JOIN records r ON r.id = p.id WHERE p.west >= ?1 AND p.east <= ?2 AND p.south >= ?3 AND p.north <= ?4");
    shownText = d.prepare("SELECT t FROM texts WHERE id = ?");
    all = d.prepare("SELECT era, category, material, museum FROM records");
  }
  ~SqliteSession() override {
    for (auto s : {match, matchFacets, prefix, range, near, all, shownText}) sqlite3_finalize(s);
  }
  static std::string phrase(const std::string& text) {
    std::string out = "\"";
    for (auto& t : wanted(text)) out += t + " ";
    return out + "\"";
  }
  template <typename F>
  void each(sqlite3_stmt* s, F row) {
    while (sqlite3_step(s) == SQLITE_ROW) row();
    must(sqlite3_reset(s), d.db);
  }
  std::string text(uint32_t number) override {
    std::string out;
    sqlite3_bind_int64(shownText, 1, number);
    each(shownText, [&] { out.assign(reinterpret_cast<const char*>(sqlite3_column_text(shownText, 0)), size_t(sqlite3_column_bytes(shownText, 0))); });
    return out;
  }
  // unordered takes in hits that come in the order of another index.
  void unordered(sqlite3_stmt* s, Answer& a) {
    std::vector<uint32_t> ids;
    each(s, [&] { ids.push_back(uint32_t(sqlite3_column_int64(s, 0))); });
    std::partial_sort(ids.begin(), ids.begin() + std::min(shown, ids.size()), ids.end());
    for (auto id : ids) a.hit(id);
  }
  Answer find(const std::vector<std::string>& q) override {
    Answer a;
    auto text = [&](sqlite3_stmt* s, int i, const std::string& v) { sqlite3_bind_text(s, i, v.data(), int(v.size()), SQLITE_TRANSIENT); };
    if (q[0] == "word" || q[0] == "phrase" || q[0] == "words") {
      text(match, 1, q[0] == "words" ? phrase(q[1]) + " AND " + phrase(q[2]) : phrase(q[1]));
      each(match, [&] { a.hit(uint32_t(sqlite3_column_int64(match, 0))); });
    } else if (q[0] == "facets" || q[0] == "everything") {
      auto s = q[0] == "facets" ? matchFacets : all;
      int at = q[0] == "facets" ? 1 : 0;
      if (at) text(s, 1, phrase(q[1]));
      Counter c;
      uint32_t n = 0;
      each(s, [&] {
        a.hit(at ? uint32_t(sqlite3_column_int64(s, 0)) : ++n);
        for (int f = 0; f < facets; f++) c.add(f, sqlite3_column_int(s, at + f));
      });
      c.into(a);
    } else if (q[0] == "prefix") {
      std::string end = q[1];
      end.back()++;
      text(prefix, 1, q[1]);
      text(prefix, 2, end);
      unordered(prefix, a);
    } else if (q[0] == "range") {
      int from = std::stoi(q[1]), to = std::stoi(q[2]);
      sqlite3_bind_int(range, 1, from - longest);
      sqlite3_bind_int(range, 2, to);
      sqlite3_bind_int(range, 3, from);
      unordered(range, a);
    } else if (q[0] == "near") {
      double lon = std::stod(q[1]), lat = std::stod(q[2]), km = std::stod(q[3]);
      double dlat = km / 111.0, dlon = dlat / std::cos((std::abs(lat) + dlat) * M_PI / 180);
      sqlite3_bind_double(near, 1, lon - dlon);
      sqlite3_bind_double(near, 2, lon + dlon);
      sqlite3_bind_double(near, 3, lat - dlat);
      sqlite3_bind_double(near, 4, lat + dlat);
      Nearest n;
      each(near, [&] {
        double m = distance(lon, lat, sqlite3_column_double(near, 1), sqlite3_column_double(near, 2));
        if (m <= km * 1000) n.all.push_back({m, uint32_t(sqlite3_column_int64(near, 0))});
      });
      n.into(a);
    }
    return a;
  }
};

struct Sqlite : Engine {
  void build(const std::string& folder, const std::vector<Record>& records) override {
    Database d(folder, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    d.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; BEGIN;"
           "CREATE TABLE records(id INTEGER PRIMARY KEY, code TEXT, first INT, last INT, era INT, category INT, material INT, museum INT, lon REAL, lat REAL);"
           "CREATE TABLE texts(id INTEGER PRIMARY KEY, t TEXT);"
           "CREATE VIRTUAL TABLE words USING fts5(t, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0');"
           "CREATE VIRTUAL TABLE places USING rtree(id, west, east, south, north);");
    auto record = d.prepare("INSERT INTO records VALUES(?,?,?,?,?,?,?,?,?,?)");
    auto whole = d.prepare("INSERT INTO texts VALUES(?,?)");
    auto words = d.prepare("INSERT INTO words(rowid, t) VALUES(?,?)");
    auto place = d.prepare("INSERT INTO places VALUES(?,?,?,?,?)");
    auto step = [&](sqlite3_stmt* s) {
      must(sqlite3_step(s), d.db);
      must(sqlite3_reset(s), d.db);
    };
    for (size_t i = 0; i < records.size(); i++) {
      auto& r = records[i];
      std::string t;
      for (auto& token : tokens(r.text)) t += token.empty() ? "zzbreak " : token + " ";
      sqlite3_bind_int64(record, 1, i + 1);
      sqlite3_bind_text(record, 2, r.code.data(), int(r.code.size()), SQLITE_STATIC);
      sqlite3_bind_int(record, 3, r.from);
      sqlite3_bind_int(record, 4, r.to);
      for (int f = 0; f < facets; f++) sqlite3_bind_int(record, 5 + f, r.facet[f]);
      if (r.placed) {
        sqlite3_bind_double(record, 9, r.lon);
        sqlite3_bind_double(record, 10, r.lat);
      } else {
        sqlite3_bind_null(record, 9);
        sqlite3_bind_null(record, 10);
      }
      step(record);
      sqlite3_bind_int64(whole, 1, i + 1);
      sqlite3_bind_text(whole, 2, r.text.data(), int(r.text.size()), SQLITE_STATIC);
      step(whole);
      sqlite3_bind_int64(words, 1, i + 1);
      sqlite3_bind_text(words, 2, t.data(), int(t.size()), SQLITE_STATIC);
      step(words);
      if (r.placed) {
        sqlite3_bind_int64(place, 1, i + 1);
        for (int k = 0; k < 4; k++) sqlite3_bind_double(place, 2 + k, k < 2 ? r.lon : r.lat);
        step(place);
      }
    }
    for (auto s : {record, whole, words, place}) sqlite3_finalize(s);
    d.exec("CREATE INDEX code ON records(code); CREATE INDEX years ON records(first, last); COMMIT;"
           "INSERT INTO words(words) VALUES('optimize'); ANALYZE");
  }
  std::unique_ptr<Session> open(const std::string& folder) override { return std::make_unique<SqliteSession>(folder); }
};

}  // namespace

int main(int argc, char** argv) {
  Sqlite e;
  return run(e, argc, argv);
}
