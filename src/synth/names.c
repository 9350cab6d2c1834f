#include "synth/names.h"

#include "proto/codes.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
static const char *const girls[] = {"Ada", "Aisha", "Alma", "Amara", "Ana",
	"Ava", "Beatriz", "Bella", "Brianna", "Carmen", "Chloe", "Clara",
	"Daisy", "Delia", "Elena", "Ella", "Emma", "Esperanza", "Faith",
	"Fatima", "Grace", "Hannah", "Hazel", "Imani", "Inés", "Iris",
	"Isabel", "Ivy", "Jada", "Jasmine", "Josie", "Kayla", "Keisha",
	"Laila", "Leah", "Lily", "Lucía", "Luz", "Maya", "Mia", "Naomi",
	"Nora", "Olivia", "Paige", "Pearl", "Quinn", "Renée", "Rosa", "Ruby",
	"Ruth", "Sadie", "Sofía", "Stella", "Tessa", "Tiana", "Violet",
	"Willow", "Ximena", "Zoe", "Zuri"};
static const char *const boys[] = {"Aaron", "Adán", "Aiden", "Andre",
	"Andrés", "Asher", "Beau", "Blake", "Caleb", "Carlos", "Carter",
	"Dante", "Darius", "Diego", "Eli", "Elijah", "Emmett", "Ethan",
	"Ezra", "Felix", "Finn", "Gabriel", "Gage", "Hector", "Henry",
	"Hudson", "Isaac", "Ivan", "Jace", "Jamal", "Jaylen", "Joaquín",
	"Jonah", "José", "Jude", "Kai", "Kofi", "Leo", "Levi", "Liam",
	"Lucas", "Malik", "Marcus", "Mateo", "Micah", "Miles", "Nathan",
	"Noah", "Omar", "Oscar", "Owen", "Rafael", "Raúl", "Reid", "Silas",
	"Theo", "Tyrell", "Wade", "Wyatt", "Zeke"};
static const char *const families[] = {"Abbott", "Adeyemi", "Alder",
	"Ames", "Arroyo", "Ashby", "Baird", "Barlow", "Beckett", "Benítez",
	"Birch", "Blevins", "Bowen", "Brandt", "Briggs", "Cabrera", "Caldwell",
	"Castañeda", "Chandler", "Cobb", "Colón", "Cortez", "Crane", "Cruz",
	"D'Amico", "Dalton", "Dawes", "de la Cruz", "Delgado", "Doyle",
	"Drake", "Dupree", "Eaton", "Ellis", "Emery", "Espinoza", "Farrow",
	"Fields", "Finch", "Flores", "Fontaine", "Frost", "Fuentes", "Gable",
	"Gaines", "Garza", "Gentry", "Gibbs", "Graves", "Greer", "Guerra",
	"Hale", "Hardin", "Harlan", "Hatch", "Hayes", "Herrera", "Hobbs",
	"Holt", "Hume", "Hurst", "Ibarra", "Ingram", "Irwin", "Jarvis",
	"Jessup", "Juárez", "Keane", "Keller", "Kemp", "Kimball", "Knox",
	"Lacey", "Lamb", "Landry", "Lara", "Leal", "Locke", "Lowry", "Lugo",
	"Madden", "Malone", "Marsh", "Mayfield", "McBride", "Medina",
	"Mercer", "Mobley", "Molina", "Monk", "Muñoz", "Nash", "Navarro",
	"Noble", "Núñez", "O'Dell", "O'Neal", "Oakes", "Ochoa", "Orr",
	"Osborn", "Pace", "Palmer", "Peña", "Pike", "Pineda", "Platt",
	"Prater", "Quiroz", "Ramey", "Reyes", "Rhodes", "Ríos", "Rivas",
	"Roe", "Rojas", "Rowland", "Salazar", "Sawyer", "Shaw", "Sloan",
	"Solís", "Stark", "Stroud", "Suggs", "Tate", "Thorne", "Tidwell",
	"Toro", "Travis", "Underhill", "Valdez", "Vance", "Vega", "Vickers",
	"Wade", "Walls", "Weeks", "Whitlock", "Wilder", "Winslow", "Yates",
	"Young-Bey", "Zamora"};
/* clang-format on */

/* Invented: none of these agencies exists. */
static const char *const agencies[] = {"Lantern House Family Services",
    "Two Rivers Children's Alliance", "Ozark Kinship Partners",
    "Prairie Gate Care", "Bright Hollow Family Center",
    "Cedar Crossing Services", "Redbud Permanency Network",
    "Stonebridge Children's Home Society"};
const unsigned names_agencies = COUNT(agencies);

static const char *const quarters[] = {"Central", "North", "South", "East",
    "West", "Northside", "Lakeside", "Hillcrest"};

const char *
names_given(struct rng *r, int sex)
{
	if (sex == SEX_FEMALE)
		return girls[rng_below(r, COUNT(girls))];
	return boys[rng_below(r, COUNT(boys))];
}

const char *
names_family(struct rng *r)
{
	return families[rng_below(r, COUNT(families))];
}

const char *
names_agency(unsigned n)
{
	return agencies[n % COUNT(agencies)];
}

const char *
names_quarter(unsigned n)
{
	return quarters[n % COUNT(quarters)];
}
