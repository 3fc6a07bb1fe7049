package place

// Which calendar of public holidays holds where a postcode lies. Postcodes do not follow
// the borders of the German Länder: only those areas stand here that lie in one as a whole.

import (
	"strings"
	"sync"
)

// lands are beginnings of German postcodes by the Land in which all of them lie. Source:
// the postal areas (Leitregionen) as the Bundesnetzagentur and OpenStreetMap show them,
// without those that reach into a second Land.
var lands = map[string]string{
	"BE": "101 102 103 104 105 106 107 108 109 120 121 122 123 124 125 126 130 131 133 134 135 136",
	"BB": "030 144 145 146 147 148 152 153 154 155 157 158 159 163 165 167 168",
	"BW": "700 701 702 703 704 705 706 707 708 710 711 712 713 715 716 717 720 721 722 723 724 725 727 730 731 732 733 734 735 740 741 742 743 746 747 748 " +
		"749 750 751 752 753 754 760 761 762 763 764 765 766 770 771 772 773 774 775 776 777 778 779 780 781 782 783 784 785 786 790 791 792 793 794 795 796 797 798",
	"BY": "803 804 805 806 807 808 809 812 813 814 815 816 817 818 819 820 821 822 823 824 825 826 827 828 829 830 831 832 833 834 835 836 837 840 841 842 843 844 845 " +
		"850 851 852 853 854 855 856 857 860 861 862 863 864 865 866 867 868 869 874 875 876 877 902 903 904 905 906 907 910 911 912 913 914 915 916 917 918 " +
		"920 921 922 923 924 925 926 927 930 931 932 933 934 935 936 937 938 939 940 941 942 943 944 945 950 951 952 953 954 955 956 957 958 959 960 961 962 963 964 970 971 972 973 974 975 976 977 978",
	"HE": "340 341 342 345 346 347 348 349 350 351 352 353 354 355 356 357 360 362 601 602 603 604 605 606 607 608 609 610 611 612 613 614 630 631 632 633 634 635 636 640 641 642 643 644 645 647 648 650 651 652",
	"HH": "200 202 203 204 205 220 221 222 223 224 225 226 227",
	"MV": "180 181 182 183 184 185 190 191 192",
	"NI": "260 261 262 263 264 265 266 267 268 269 301 302 303 304 305 306 307 308 309 310 311 312 313 315 316 317 318 319 370 371 380 381 382 383 384 385",
	"NW": "320 321 322 323 324 325 326 327 328 330 331 332 333 334 335 336 337 338 400 401 402 403 404 405 406 407 408 410 411 412 413 414 415 416 417 418 420 421 422 423 424 425 426 427 428 429 " +
		"440 441 442 443 444 445 446 447 448 449 450 451 452 453 454 455 456 457 458 459 460 461 462 463 464 465 466 470 471 472 473 474 475 476 477 478 479 480 481 482 483 500 501 502 503 504 505 506 507 508 509 510 511 512 513 514 515 516 517 520 521 522 523 524 525 580 581 582 583 584 585 586 587 588 590 591 592 593 594 595 596 597 598 599",
	"RP": "540 541 542 543 544 545 546 560 561 562 563 564 565 566 567 568 670 671 672 673 674 675 676 677 678",
	"SH": "240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 257 258 259",
	"SL": "660 661 662 663 664 665 666 667",
	"SN": "010 011 012 013 014 015 016 017 018 026 027 028 029 041 042 043 044 045 046 080 081 082 083 084 085 086 090 091 092 093 094 095 096",
	"ST": "061 062 063 064 390 391 392 393 394 395 396",
	"TH": "073 074 075 076 077 985 986 987 990 991 992 993 994 995 996 997 998",
}

var landByPrefix = sync.OnceValue(func() map[string]string {
	by := map[string]string{}
	for land, prefixes := range lands {
		for _, prefix := range strings.Fields(prefixes) {
			by[prefix] = land
		}
	}
	return by
})

// wholeCountries are those whose holidays are the same everywhere, or of which those that
// hold everywhere are known by the country's code.
const wholeCountries = "AT CH BE CZ FR IT PL"

// Calendar is the code of the calendar of public holidays that holds at a postcode of a
// country (ISO 3166): DE-BY where the postcode tells the Land, DE where it does not; ""
// where no calendar is known.
func Calendar(country, postcode string) string {
	switch {
	case country == "DE":
		if len(postcode) == 5 {
			if land := landByPrefix()[postcode[:3]]; land != "" {
				return "DE-" + land
			}
		}
		return "DE"
	case len(country) == 2 && strings.Contains(wholeCountries, country):
		return country
	}
	return ""
}
