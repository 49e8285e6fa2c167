/* products.c - answers about products of the two newer APIs. */
#include "products.h"

const char *const product_apis[PRODUCT_APIS] = { "ingestion", "graph" };

void products_script_rest(struct read_bench *b)
{
    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions/?", 200, "[]");
    read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
    read_bench_script(b, "/product-ingestion/submission/", 200, VALUE(ON_SALE("01", "5")));
    read_bench_script(b, "/ingestion/products", 200,
                      VALUE(PRODUCT("01", "a") "," PRODUCT("02", "b") "," PRODUCT("03", "c")));
    read_bench_script(
        b, "/product-ingestion/product?", 200,
        VALUE(GRAPH_PRODUCT("01", "a") "," GRAPH_PRODUCT("02", "b") "," GRAPH_PRODUCT("03", "c")));
}

void products_query_ids(struct read_bench *b, const char *const *ids, size_t count)
{
    b->query.ids = ids;
    b->query.id_count = count;
}
