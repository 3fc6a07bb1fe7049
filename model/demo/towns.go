package demo

// The towns of the fictional company's customers: real places, so that maps and
// week plans look right.

// town is a place with its postcode and its coordinates in degrees.
type town struct {
	postcode, name string
	lat, lon       float64
}

// towns lists each territory's places, the largest first, by the number of the
// territory in sites.
var towns = [...][]town{
	{ // Stuttgart
		{"70173", "Stuttgart", 48.776, 9.183}, {"70734", "Fellbach", 48.809, 9.276}, {"71332", "Waiblingen", 48.830, 9.317},
		{"71634", "Ludwigsburg", 48.897, 9.192}, {"73728", "Esslingen", 48.740, 9.305}, {"71032", "Böblingen", 48.683, 9.012},
		{"73614", "Schorndorf", 48.805, 9.527},
	},
	{ // Ulm und Ostalb
		{"89073", "Ulm", 48.401, 9.988}, {"73430", "Aalen", 48.837, 10.094}, {"89518", "Heidenheim", 48.678, 10.152},
		{"73525", "Schwäbisch Gmünd", 48.800, 9.798}, {"89584", "Ehingen", 48.283, 9.727}, {"73479", "Ellwangen", 48.961, 10.131},
	},
	{ // Allgäu
		{"87435", "Kempten", 47.727, 10.314}, {"87700", "Memmingen", 47.985, 10.181}, {"87600", "Kaufbeuren", 47.880, 10.622},
		{"87527", "Sonthofen", 47.515, 10.281}, {"87616", "Marktoberdorf", 47.777, 10.617}, {"87509", "Immenstadt", 47.559, 10.218},
	},
	{ // Köln-Bonn
		{"50667", "Köln", 50.938, 6.957}, {"53111", "Bonn", 50.735, 7.099}, {"51373", "Leverkusen", 51.033, 6.988},
		{"53721", "Siegburg", 50.800, 7.207}, {"50354", "Hürth", 50.871, 6.868}, {"51465", "Bergisch Gladbach", 50.992, 7.131},
		{"53840", "Troisdorf", 50.816, 7.155},
	},
	{ // Ruhrgebiet
		{"44135", "Dortmund", 51.514, 7.466}, {"45127", "Essen", 51.456, 7.012}, {"44787", "Bochum", 51.482, 7.216},
		{"47051", "Duisburg", 51.435, 6.763}, {"45879", "Gelsenkirchen", 51.511, 7.096}, {"58095", "Hagen", 51.361, 7.474},
		{"59065", "Hamm", 51.681, 7.817}, {"46045", "Oberhausen", 51.470, 6.852},
	},
	{ // Rhein-Main
		{"60311", "Frankfurt am Main", 50.111, 8.682}, {"65183", "Wiesbaden", 50.083, 8.240}, {"64283", "Darmstadt", 49.873, 8.651},
		{"63065", "Offenbach", 50.105, 8.766}, {"63450", "Hanau", 50.133, 8.917}, {"61348", "Bad Homburg", 50.227, 8.618},
		{"65428", "Rüsselsheim", 49.990, 8.414},
	},
	{ // Hamburg
		{"20095", "Hamburg", 53.550, 10.000}, {"22844", "Norderstedt", 53.706, 10.010}, {"23552", "Lübeck", 53.867, 10.687},
		{"25335", "Elmshorn", 53.754, 9.653}, {"21337", "Lüneburg", 53.248, 10.424}, {"25421", "Pinneberg", 53.659, 9.797},
		{"22926", "Ahrensburg", 53.675, 10.236},
	},
	{ // Bremen und Weser-Ems
		{"28195", "Bremen", 53.079, 8.807}, {"26122", "Oldenburg", 53.143, 8.215}, {"49074", "Osnabrück", 52.279, 8.043},
		{"27568", "Bremerhaven", 53.550, 8.583}, {"27749", "Delmenhorst", 53.050, 8.631}, {"49661", "Cloppenburg", 52.848, 8.046},
		{"26721", "Emden", 53.367, 7.206},
	},
	{ // Hannover
		{"30159", "Hannover", 52.376, 9.739}, {"38100", "Braunschweig", 52.265, 10.524}, {"31134", "Hildesheim", 52.151, 9.951},
		{"29221", "Celle", 52.625, 10.081}, {"38440", "Wolfsburg", 52.423, 10.787}, {"31785", "Hameln", 52.104, 9.356},
		{"30823", "Garbsen", 52.418, 9.598},
	},
	{ // Berlin
		{"10115", "Berlin", 52.532, 13.385}, {"14467", "Potsdam", 52.399, 13.066}, {"16515", "Oranienburg", 52.754, 13.237},
		{"15517", "Fürstenwalde", 52.359, 14.062}, {"14641", "Nauen", 52.607, 12.878}, {"16321", "Bernau", 52.679, 13.587},
		{"12529", "Schönefeld", 52.388, 13.505},
	},
	{ // Leipzig-Halle
		{"04109", "Leipzig", 51.340, 12.373}, {"06108", "Halle (Saale)", 51.482, 11.970}, {"06217", "Merseburg", 51.356, 11.993},
		{"04509", "Delitzsch", 51.526, 12.342}, {"04668", "Grimma", 51.237, 12.726}, {"06749", "Bitterfeld-Wolfen", 51.623, 12.324},
	},
	{ // Dresden
		{"01067", "Dresden", 51.056, 13.727}, {"01662", "Meißen", 51.163, 13.475}, {"01796", "Pirna", 50.962, 13.940},
		{"02625", "Bautzen", 51.181, 14.424}, {"01445", "Radebeul", 51.105, 13.660}, {"01705", "Freital", 51.001, 13.652},
	},
}
