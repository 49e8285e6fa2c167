/* field_views.c - which fields and columns each view has. */
#include "duration_fields.h"
#include "fields.h"
#include "fields_change.h"

#include "offerstat/word.h"

static const struct field_table *table_of(enum render_view view)
{
    switch (view) {
    case VIEW_PUBLISHERS:
        return &publisher_table;
    case VIEW_HISTORY:
        return &event_table;
    case VIEW_STATS:
        return &duration_table;
    case VIEW_CHANGES:
        return &change_table;
    case VIEW_LIST:
    case VIEW_SHOW:
    case VIEW_APPROVALS:
    case VIEW_CHECK:
        break;
    }
    return &offer_table;
}

const struct field *field_at(enum render_view view, size_t i)
{
    const struct field_table *table = table_of(view);

    return i < table->count ? &table->rows[i] : NULL;
}

const struct field *field_find(enum render_view view, const char *key)
{
    const struct field *f;

    for (size_t i = 0; (f = field_at(view, i)) != NULL; i++) {
        if (word_equal(f->info.key, key)) {
            return f;
        }
    }
    for (size_t i = 0; (f = field_at(view, i)) != NULL; i++) {
        if (word_equal(f->info.title, key)) {
            return f;
        }
    }
    return NULL;
}

const char *const *field_columns(enum render_view view, bool wide)
{
    static const char *const list[] = { "label", "live", "id",        "name",
                                        "type",  "step", "changedAt", NULL };
    static const char *const list_wide[] = { "label", "live",      "id",        "name",    "type",
                                             "step",  "changedAt", "publisher", "version", "action",
                                             "rule",  "since",     "estimate",  NULL };
    static const char *const approvals[] = { "label",  "live", "id",        "name",
                                             "action", "step", "changedAt", NULL };
    static const char *const approvals_wide[] = { "label",     "live",    "id",        "name",
                                                  "action",    "step",    "changedAt", "type",
                                                  "publisher", "version", "rule",      NULL };
    static const char *const publishers[] = { "id", "name", "sellerId", NULL };
    static const char *const history[] = { "startedAt", "changedAt", "api", "event", "type",
                                           "state",     "target",    "id",  NULL };
    static const char *const changes[] = { "seenAt", "offer", "before", "after", NULL };
    static const char *const changes_wide[] = { "seenAt", "since",     "offer", "before", "after",
                                                "change", "publisher", "api",   NULL };
    static const char *const history_wide[] = { "startedAt", "changedAt", "api", "event", "type",
                                                "state",     "target",    "id",  "offer", NULL };

    switch (view) {
    case VIEW_PUBLISHERS:
        return publishers;
    case VIEW_HISTORY:
        return wide ? history_wide : history;
    case VIEW_STATS:
        return wide ? duration_columns_wide : duration_columns;
    case VIEW_CHANGES:
        return wide ? changes_wide : changes;
    case VIEW_APPROVALS:
        return wide ? approvals_wide : approvals;
    case VIEW_LIST:
    case VIEW_SHOW:
    case VIEW_CHECK:
        break;
    }
    return wide ? list_wide : list;
}
