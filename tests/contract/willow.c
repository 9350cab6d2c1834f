#include "contract/willow.h"

#include "base/buf.h"
#include "base/date.h"

#define LAST_CHILD "K,2020-02-29,female,,unknown,,,Kit,Lee,n\n"
#define LAST_REMOVAL "K,2024-06-05,2024-06-05,,\n"
#define LAST_PLACEMENT "J,2024-02-20,,group_home,P3,,court\n"
#define LAST_PROVIDER "P5,Dogwood House,gh,410000005,,2024-01-01,\n"
#define LAST_SITE "H1,P1,Home 1,certified_home,,2\n"
#define WILLOW                                   \
	"P7,Willow Grove,gh,1007,,2020-01-01,\n" \
	"P8,Old House,gh,1008,,2015-01-01,2018-12-31\n"
#define HOUSES                            \
	"S71,P7,Main house,site,2071,8\n" \
	"S72,P7,Garden house,site,2072,6\n"

#define OWN 5

static void
publish(struct fixture *f, int n, int gone, const char *site,
    const struct fixture_edit *more, size_t more_n)
{
	struct buf children = {0}, removals = {0}, placements = {0};
	struct fixture_edit edits[OWN + 10];

	buf_str(&children, LAST_CHILD);
	buf_str(&removals, LAST_REMOVAL);
	buf_str(&placements, LAST_PLACEMENT);
	for (int i = 1; i <= n; i++) {
		bool left = i <= gone;

		buf_printf(&children,
		    "N%d,2008-03-%02d,male,white,n,,,Given%d,Family,n\n", i, i,
		    i);
		buf_printf(&removals, "N%d,2023-01-05,2023-01-05,%s\n", i,
		    left ? "2024-08-31,reunification" : ",");
		buf_printf(&placements,
		    "N%d,2023-01-05,%s,group_home,P7,%s,%s\n", i,
		    left ? "2024-08-31" : "", i % 2 == 0 ? "S72" : site,
		    left ? "planned" : "");
	}
	for (int i = 1; i <= 4; i++) {
		buf_printf(&children,
		    "Q%d,2007-04-%02d,female,black,n,,,Left%d,Family,n\n", i, i,
		    i);
		buf_printf(&removals,
		    "Q%d,2023-02-01,2023-02-01,2024-05-0%d,reunification\n", i,
		    i);
		buf_printf(&placements,
		    "Q%d,2023-02-01,2024-05-0%d,group_home,P7,S71,planned\n", i,
		    i);
	}
	edits[0] = (struct fixture_edit){
	    "children.csv", LAST_CHILD, buf_text(&children)};
	edits[1] = (struct fixture_edit){
	    "removals.csv", LAST_REMOVAL, buf_text(&removals)};
	edits[2] = (struct fixture_edit){
	    "placements.csv", LAST_PLACEMENT, buf_text(&placements)};
	edits[3] = (struct fixture_edit){
	    "providers.csv", LAST_PROVIDER, LAST_PROVIDER WILLOW};
	edits[4] =
	    (struct fixture_edit){"sites.csv", LAST_SITE, LAST_SITE HOUSES};
	for (size_t i = 0; i < more_n; i++)
		edits[OWN + i] = more[i];
	fixture_publish_data(
	    f, &(struct fixture_data){.through = date_make(2024, 9, 30),
		   .edits = edits,
		   .edits_n = OWN + more_n});
	buf_free(&children);
	buf_free(&removals);
	buf_free(&placements);
}

void
willow_publish(struct fixture *f, int n, int gone, const char *site)
{
	publish(f, n, gone, site, NULL, 0);
}

void
willow_publish_with(
    struct fixture *f, const struct fixture_edit *more, size_t n)
{
	publish(f, 8, 0, "S71", more, n);
}
