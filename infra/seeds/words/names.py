"""Names from many places, mixed freely: whoever carries such a name in life is not meant."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN = _words(
    """
    Abigail Adaeze Aiko Alma Amara Amelia Amina Ana Anjali Annika Aoife Aria Astrid Aurelia Ayesha Beatriz Bethany
    Bianca Blanca Bridget Camila Carmen Cecilia Charlotte Chiamaka Chloe Clara Constance Dalia Daniela Delphine Devika
    Dolores Doreen Edith Eilidh Elif Elisa Emiko Esther Eun-ji Eva Farah Fatima Fiona Florence Freya Gabriela Georgia
    Giulia Grace Gwen Hana Hannah Harriet Hedda Helen Hye-jin Ifeoma Imani Ines Ingrid Iris Isla Ivy Jasmine Joan
    Josephine Juliet Kamala Karin Keiko Lakshmi Leilani Leonor Lien Linh Lucia Mabel Magda Mai Malia Margit Mariam
    Marisol Matilda Mei Mercy Mina Mireille Nadia Naledi Naomi Noor Nora Odile Olga Opal Paloma Parisa Petra Pilar Priya
    Ramona Rania Renata Rosa Roxana Ruth Saanvi Sabine Salma Sena Shanice Shirin Sigrid Simone Sofia Soledad Soo-min
    Sunita Svetlana Tamar Tamika Teresa Thandiwe Thuy Tomoko Ursula Valentina Vera Wanda Winifred Xiomara Yara Yasmin
    Yuki Zainab Zelda Zofia
    """
)

MEN = _words(
    """
    Adrian Ahmed Alonzo Amadou Andre Anton Arjun Arthur Bashir Benedict Bjorn Boris Caleb Carlos Cedric Chidi Clarence
    Dae-jung Damian Darius Desmond Diego Dmitri Edmund Elias Emeka Enzo Esteban Felix Florian Francis Gideon Giovanni
    Gustavo Hamza Haruto Hector Hiroshi Ibrahim Isaac Ivan Jabari Jasper Javier Jerome Jonas Jorge Kabir Kenji Kofi
    Lars Leandro Leif Lionel Luca Malik Marcus Mateo Minh Mohan Nikhil Noah Olu Omar Oscar Pavel Pedro Rafael Rahul
    Ramon Rashid Reuben Rohan Ruben Samir Sanjay Santiago Sean Stefan Tadeo Tariq Theo Tobias Tomas Umar Victor Vikram
    Wei Wendell Xavier Yusuf Zoltan
    """
)

EITHER = _words("Alex Ari Avery Casey Charlie Eden Emery Frankie Jamie Jesse Jordan Kai Morgan Quinn Remy River")

FAMILIES = _words(
    """
    Abara Abbott Acheampong Adeyemi Aguilar Ahlgren Akintola Albright Almeida Alvarez Amari Andersen Aquino Arslan
    Asante Ashworth Bahri Bajwa Baptiste Barros Beaumont Becker Benitez Bergstrom Bianchi Bishara Blackwood Boateng
    Bondar Borges Brandt Briggs Brightwater Calloway Camara Campos Cardoso Castellano Chaudhry Chen Chukwu Clarke
    Cordova Correa Costa Dahl Dalca Das Delacroix Delgado Desai Diallo Dimitrov Doyle Duarte Dubois Duong Eberhardt
    Ekström Ellery Escobar Espinoza Fairweather Farouk Feldman Ferreira Figueroa Fischer Fitzgerald Fontaine Fujimoto
    Gallagher Gallego Ganesan Garrison Ghosh Giordano Goldstein Grady Guerrero Gupta Haddad Halvorsen Hammoud Harlow
    Hayashi Henriksen Hernandez Hidalgo Holloway Hossain Huang Ibarra Ito Iyer Jablonski Jacobsen Jahangir Jang Jensen
    Jimenez Kagawa Kamau Kapoor Karlsson Kaya Keller Khalil Kim Kimani Kirkland Kline Kobayashi Kowalski Krishnan
    Kurosawa Lam Langley Larkin Laurent Lavoie Le Leclerc Levitan Liang Lindqvist Liu Lombardi Loughlin Lowenthal Ly
    Machado Maddox Mahoney Maldonado Mansour Marchetti Mbeki McAllister McBride Medina Mehta Mendoza Mensah Meyer
    Mikkelsen Molina Montoya Moreau Morimoto Mwangi Nakamura Navarro Ndiaye Nguyen Nikolaidis Noriega Novak Nwosu
    O’Brien O’Connell Oduya Okafor Okonkwo Olsen Ortega Osei Oyelaran Pacheco Pak Papadakis Park Patel Pereira
    Petrov Pham Pierce Pilkington Popescu Prescott Quintero Rafferty Ramaswamy Ramirez Rasmussen Reyes Rinaldi Rivas
    Romero Rosenthal Rossi Rourke Sadiq Salazar Salinas Sandoval Santos Sato Schneider Sengupta Serrano Shah Shapiro
    Silva Singh Solberg Solomon Sorensen Stavros Stein Suarez Sullivan Sundaram Svensson Takahashi Tanaka Tembo
    Thibodeau Thornbury Toledo Torres Tran Truong Tsai Tupou Underhill Vaidya Valdez Varga Vasquez Velasco Venter Villa
    Vo Volkov Wachter Walsh Wanjiru Weatherby Weiss Whitcomb Wójcik Wong Wren Yamada Yilmaz Yoon Zamora Zapata Zeller
    Zhang Zielinski
    """
)

# What people like to be called instead.
SHORT = {
    "Abigail": "Abby",
    "Alonzo": "Lon",
    "Amelia": "Millie",
    "Beatriz": "Bea",
    "Bethany": "Beth",
    "Cecilia": "Cece",
    "Charlotte": "Lottie",
    "Chiamaka": "Chi",
    "Clarence": "Clay",
    "Constance": "Connie",
    "Daniela": "Dani",
    "Desmond": "Des",
    "Dolores": "Lola",
    "Edmund": "Ned",
    "Esteban": "Teo",
    "Florence": "Flo",
    "Francis": "Frank",
    "Gabriela": "Gabi",
    "Georgia": "Gia",
    "Gustavo": "Gus",
    "Harriet": "Hattie",
    "Ibrahim": "Ibra",
    "Jerome": "Jerry",
    "Josephine": "Josie",
    "Juliet": "Jules",
    "Leilani": "Lani",
    "Marcus": "Marc",
    "Margit": "Gitte",
    "Marisol": "Mari",
    "Matilda": "Tilly",
    "Rafael": "Rafa",
    "Ramona": "Mona",
    "Santiago": "Santi",
    "Saanvi": "Vee",
    "Sunita": "Sunny",
    "Svetlana": "Lana",
    "Teresa": "Tess",
    "Thandiwe": "Thandi",
    "Tobias": "Toby",
    "Valentina": "Val",
    "Wendell": "Wen",
    "Winifred": "Winnie",
    "Xiomara": "Xio",
    "Zainab": "Zee",
}
