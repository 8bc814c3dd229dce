// Groonga through its library: a bigram index with positions, made after the
// records are in (its fast way), prefixes and ranges by tables of keys, places by
// its geographic index, counts by grouping. Records are numbered in the order of
// the answer.
#include <groonga.h>

#include <cstring>

#include "peer.hpp"

using namespace peer;

namespace {

const char* names[facets] = {"era", "category", "material", "museum"};

void must(grn_ctx* ctx) {
  if (ctx->rc != GRN_SUCCESS) {
    std::cerr << "groonga: " << ctx->errbuf << std::endl;
    exit(1);
  }
}

void command(grn_ctx* ctx, const std::string& text) {
  grn_ctx_send(ctx, text.data(), unsigned(text.size()), 0);
  must(ctx);
  char* out;
  unsigned size;
  int flags;
  grn_ctx_recv(ctx, &out, &size, &flags);
  must(ctx);
}

struct GroongaSession : Session {
  grn_ctx ctx;
  grn_obj *db, *records, *point, *whole;
  grn_obj bytes;
  explicit GroongaSession(const std::string& folder) {
    grn_ctx_init(&ctx, 0);
    db = grn_db_open(&ctx, (folder + "/groonga.db").c_str());
    must(&ctx);
    records = grn_ctx_get(&ctx, "Records", -1);
    point = grn_ctx_get(&ctx, "Records.point", -1);
    whole = grn_ctx_get(&ctx, "Records.text", -1);
    GRN_TEXT_INIT(&bytes, 0);
    must(&ctx);
  }
  ~GroongaSession() override {
    GRN_OBJ_FIN(&ctx, &bytes);
    grn_obj_close(&ctx, db);
    grn_ctx_fin(&ctx);
  }
  std::string text(uint32_t number) override {
    GRN_BULK_REWIND(&bytes);
    grn_obj_get_value(&ctx, whole, number, &bytes);
    return std::string(GRN_TEXT_VALUE(&bytes), GRN_TEXT_LEN(&bytes));
  }
  grn_obj* select(const std::string& script) {
    grn_obj *expr, *var;
    GRN_EXPR_CREATE_FOR_QUERY(&ctx, records, expr, var);
    grn_expr_parse(&ctx, expr, script.data(), unsigned(script.size()), nullptr, GRN_OP_MATCH, GRN_OP_AND, GRN_EXPR_SYNTAX_SCRIPT);
    must(&ctx);
    grn_obj* res = grn_table_select(&ctx, records, expr, nullptr, GRN_OP_OR);
    must(&ctx);
    grn_obj_close(&ctx, expr);
    return res;
  }
  // first takes the first hits in the order of their numbers.
  void first(grn_obj* res, Answer& a) {
    a.total = grn_table_size(&ctx, res);
    grn_table_sort_key key;
    key.key = grn_obj_column(&ctx, res, "_id", 3);
    key.flags = GRN_TABLE_SORT_ASC;
    key.offset = 0;
    grn_obj* sorted = grn_table_create(&ctx, nullptr, 0, nullptr, GRN_OBJ_TABLE_NO_KEY, nullptr, res);
    grn_table_sort(&ctx, res, 0, int(shown), sorted, &key, 1);
    must(&ctx);
    GRN_TABLE_EACH_BEGIN(&ctx, sorted, cursor, id) {
      grn_id* hit;
      grn_table_cursor_get_value(&ctx, cursor, reinterpret_cast<void**>(&hit));
      grn_id record;
      grn_table_get_key(&ctx, res, *hit, &record, sizeof record);
      a.top.push_back(record);
    }
    GRN_TABLE_EACH_END(&ctx, cursor);
    grn_obj_unlink(&ctx, key.key);
    grn_obj_close(&ctx, sorted);
  }
  void group(grn_obj* table, Answer& a) {
    for (int f = 0; f < facets; f++) {
      grn_table_sort_key key;
      key.key = grn_obj_column(&ctx, table, names[f], unsigned(strlen(names[f])));
      key.flags = 0;
      key.offset = 0;
      grn_table_group_result r = {};
      r.table = grn_table_create_for_group(&ctx, nullptr, 0, nullptr, key.key, table, 0);
      r.flags = GRN_TABLE_GROUP_CALC_COUNT;
      r.op = GRN_OP_OR;
      r.max_n_subrecs = 0;
      grn_table_group(&ctx, table, &key, 1, &r, 1);
      must(&ctx);
      grn_obj* column = grn_obj_column(&ctx, r.table, "_nsubrecs", 9);
      grn_obj size;
      GRN_INT32_INIT(&size, 0);
      GRN_TABLE_EACH_BEGIN(&ctx, r.table, cursor, id) {
        void* value;
        grn_table_cursor_get_key(&ctx, cursor, &value);
        GRN_BULK_REWIND(&size);
        grn_obj_get_value(&ctx, column, id, &size);
        a.count(f, *static_cast<int32_t*>(value), uint64_t(GRN_INT32_VALUE(&size)));
      }
      GRN_TABLE_EACH_END(&ctx, cursor);
      GRN_OBJ_FIN(&ctx, &size);
      grn_obj_unlink(&ctx, column);
      grn_obj_unlink(&ctx, key.key);
      grn_obj_close(&ctx, r.table);
    }
  }
  Answer find(const std::vector<std::string>& q) override {
    Answer a;
    grn_obj* res = nullptr;
    auto match = [](const std::string& t) { return "text @ \"" + t + "\""; };
    if (q[0] == "word" || q[0] == "phrase" || q[0] == "facets") {
      res = select(match(q[1]));
    } else if (q[0] == "words") {
      res = select(match(q[1]) + " && " + match(q[2]));
    } else if (q[0] == "prefix") {
      res = select("code @^ \"" + q[1] + "\"");
    } else if (q[0] == "range") {
      res = select("between(first, " + std::to_string(std::stoi(q[1]) - longest) + ", \"include\", " + q[2] + ", \"include\") && last >= " + q[1]);
    } else if (q[0] == "near") {
      double lon = std::stod(q[1]), lat = std::stod(q[2]), km = std::stod(q[3]);
      res = select("geo_in_circle(point, \"" + q[2] + "x" + q[1] + "\", " + std::to_string(int(km * 1010) + 50) + ")");
      Nearest n;
      grn_obj at;
      GRN_WGS84_GEO_POINT_INIT(&at, 0);
      GRN_TABLE_EACH_BEGIN(&ctx, res, cursor, id) {
        void* key;
        grn_table_cursor_get_key(&ctx, cursor, &key);
        grn_id record = *static_cast<grn_id*>(key);
        GRN_BULK_REWIND(&at);
        grn_obj_get_value(&ctx, point, record, &at);
        int plat, plon;
        GRN_GEO_POINT_VALUE(&at, plat, plon);
        double m = distance(lon, lat, plon / 3600000.0, plat / 3600000.0);
        if (m <= km * 1000) n.all.push_back({m, record});
      }
      GRN_TABLE_EACH_END(&ctx, cursor);
      GRN_OBJ_FIN(&ctx, &at);
      n.into(a);
      grn_obj_close(&ctx, res);
      return a;
    }
    if (q[0] == "everything") {
      a.total = grn_table_size(&ctx, records);
      for (uint32_t i = 1; i <= shown; i++) a.top.push_back(i);
      group(records, a);
      return a;
    }
    first(res, a);
    if (q[0] == "facets") group(res, a);
    grn_obj_close(&ctx, res);
    return a;
  }
};

struct Groonga : Engine {
  void build(const std::string& folder, const std::vector<Record>& records) override {
    grn_ctx ctx;
    grn_ctx_init(&ctx, 0);
    grn_obj* db = grn_db_create(&ctx, (folder + "/groonga.db").c_str(), nullptr);
    must(&ctx);
    for (auto c : {"table_create Records TABLE_NO_KEY", "table_create Codes TABLE_PAT_KEY ShortText", "column_create Records text COLUMN_SCALAR Text",
                   "column_create Records code COLUMN_SCALAR ShortText", "column_create Records first COLUMN_SCALAR Int32", "column_create Records last COLUMN_SCALAR Int32",
                   "column_create Records point COLUMN_SCALAR WGS84GeoPoint"})
      command(&ctx, c);
    for (auto n : names) command(&ctx, std::string("column_create Records ") + n + " COLUMN_SCALAR Int32");
    grn_obj* table = grn_ctx_get(&ctx, "Records", -1);
    auto column = [&](const char* n) { return grn_ctx_get(&ctx, (std::string("Records.") + n).c_str(), -1); };
    grn_obj *text = column("text"), *code = column("code"), *first = column("first"), *last = column("last"), *point = column("point");
    grn_obj* facet[facets];
    for (int f = 0; f < facets; f++) facet[f] = column(names[f]);
    grn_obj s, n, p;
    GRN_TEXT_INIT(&s, 0);
    GRN_INT32_INIT(&n, 0);
    GRN_WGS84_GEO_POINT_INIT(&p, 0);
    for (auto& r : records) {
      grn_id id = grn_table_add(&ctx, table, nullptr, 0, nullptr);
      auto number = [&](grn_obj* c, int v) {
        GRN_INT32_SET(&ctx, &n, v);
        grn_obj_set_value(&ctx, c, id, &n, GRN_OBJ_SET);
      };
      auto string = [&](grn_obj* c, const std::string& v) {
        GRN_TEXT_SET(&ctx, &s, v.data(), unsigned(v.size()));
        grn_obj_set_value(&ctx, c, id, &s, GRN_OBJ_SET);
      };
      string(text, r.text);
      string(code, r.code);
      number(first, r.from);
      number(last, r.to);
      for (int f = 0; f < facets; f++) number(facet[f], r.facet[f]);
      if (r.placed) {
        GRN_GEO_POINT_SET(&ctx, &p, int(std::lround(r.lat * 3600000)), int(std::lround(r.lon * 3600000)));
        grn_obj_set_value(&ctx, point, id, &p, GRN_OBJ_SET);
      }
      must(&ctx);
    }
    for (auto c : {"table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto", "column_create Terms records COLUMN_INDEX|WITH_POSITION Records text",
                   "column_create Codes records COLUMN_INDEX Records code", "table_create Firsts TABLE_PAT_KEY Int32", "column_create Firsts records COLUMN_INDEX Records first",
                   "table_create Points TABLE_PAT_KEY WGS84GeoPoint", "column_create Points records COLUMN_INDEX Records point"})
      command(&ctx, c);
    grn_obj_close(&ctx, db);
    grn_ctx_fin(&ctx);
  }
  std::unique_ptr<Session> open(const std::string& folder) override { return std::make_unique<GroongaSession>(folder); }
};

}  // namespace

int main(int argc, char** argv) {
  grn_init();
  Groonga e;
  int rc = run(e, argc, argv);
  grn_fin();
  return rc;
}
